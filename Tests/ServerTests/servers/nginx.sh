program=nginx
package=nginx-light

configure() {
  "$corsleuth" log-config nginx | sed "s|/var/log/nginx/cors.json|$dir/cors.log|" >"$dir/cors.conf"
  cat >"$dir/nginx.conf" <<CONF
daemon off;
master_process off;
pid $dir/nginx.pid;
error_log $dir/error.log;
events {}
http {
  include $dir/cors.conf;
  access_log $dir/access.log;
  client_body_temp_path $dir/body;
  proxy_temp_path $dir/proxy;
  fastcgi_temp_path $dir/fastcgi;
  uwsgi_temp_path $dir/uwsgi;
  scgi_temp_path $dir/scgi;
  server {
    listen 127.0.0.1:$port;
    location /ok {
      add_header Access-Control-Allow-Origin $origin always;
      add_header Access-Control-Allow-Methods "PUT, GET" always;
      add_header Access-Control-Allow-Headers "content-type, x-trace" always;
      add_header Access-Control-Max-Age 600 always;
      add_header Vary Origin always;
      if (\$request_method = OPTIONS) { return 204; }
      return 200 "{}";
    }
    location /none { if (\$request_method = OPTIONS) { return 405; } return 200 "{}"; }
    location /doubled {
      add_header Access-Control-Allow-Origin $origin always;
      add_header Access-Control-Allow-Origin * always;
      return 200 "{}";
    }
    location /secret { add_header Access-Control-Allow-Origin $origin always; return 200 "{}"; }
    location /missing { return 404; }
    location / { return 200 "{}"; }
  }
}
CONF
}

start() { exec nginx -p "$dir" -c "$dir/nginx.conf"; }

check() {
  lines_are_read "$dir/access.log" "$dir/access.db" combined && preflights_are_guessed "$dir/access.db"
  lines_are_read "$dir/cors.log" "$dir/cors.db" json && evidence_arrives "$dir/cors.db"
  cookies_are_shown "$dir/cors.db"
  # Up to 1.22 the first of two; from 1.23 on they are joined.
  doubled_header "$dir/cors.db" "$(grep -q ', \*' "$dir/cors.log" && echo "$origin, *" || echo "$origin")"
  # The same with the server's own configuration.
  lines_are_read "$dir/cors.log" "$dir/own.db" cors --log-format "$dir/nginx.conf" && evidence_arrives "$dir/own.db"
}
