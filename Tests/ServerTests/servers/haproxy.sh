program=haproxy
package=haproxy

# Two frontends before one backend: the first logs as `option httplog` does, the second as log-config sets it. Requests go to both.
configure() {
  local backend
  second=$(free_port)
  backend=$(free_port)
  cat >"$dir/haproxy.cfg" <<CONF
global
  maxconn 100
defaults
  mode http
  timeout connect 2s
  timeout client 2s
  timeout server 2s
  option accept-invalid-http-request
listen plain
  bind 127.0.0.1:$port
  log stdout len 8192 format rfc3164 local0
  option httplog
  server s1 127.0.0.1:$backend
frontend cors
  bind 127.0.0.1:$second
$("$corsleuth" log-config haproxy | sed 's/^log 127.0.0.1:514 len 8192 local0/log stdout len 8192 format raw local1/; s/^/  /')
  default_backend be
backend be
  server s1 127.0.0.1:$backend
listen answers
  bind 127.0.0.1:$backend
  acl options method OPTIONS
  http-request return status 204 hdr Access-Control-Allow-Origin $origin hdr Access-Control-Allow-Methods "PUT, GET" hdr Access-Control-Allow-Headers "content-type, x-trace" hdr Access-Control-Max-Age 600 hdr Vary Origin if options { path_beg /ok }
  http-request return status 405 if options { path_beg /none }
  http-request return status 200 hdr Access-Control-Allow-Origin $origin if { path_beg /ok /secret }
  http-request return status 200 hdr Access-Control-Allow-Origin $origin hdr Access-Control-Allow-Origin * if { path_beg /doubled }
  http-request return status 404 if { path_beg /missing }
  http-request return status 200
CONF
}

start() { exec haproxy -db -f "$dir/haproxy.cfg"; }

check() {
  grep '^{' "$dir/stdout.log" >"$dir/cors.log"
  grep ' plain plain/' "$dir/stdout.log" >"$dir/access.log"
  sed 's/^[^{]*haproxy\[[0-9]*\]: //' "$dir/access.log" >"$dir/raw.log"
  lines_are_read "$dir/access.log" "$dir/access.db" haproxy
  lines_are_read "$dir/raw.log" "$dir/raw.db" haproxy-raw
  lines_are_read "$dir/cors.log" "$dir/cors.db" json && evidence_arrives "$dir/cors.db"
  # HAProxy logs the last of two.
  doubled_header "$dir/cors.db" '*'
}
