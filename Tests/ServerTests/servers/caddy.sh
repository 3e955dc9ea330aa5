program=caddy
package=caddy

configure() {
  {
    printf '{\n  admin off\n  auto_https off\n  storage file_system %s\n}\n' "$dir/storage"
    printf 'http://:%s {\n  bind 127.0.0.1\n' "$port"
    "$corsleuth" log-config caddy | sed "s|/var/log/caddy/access.json|$dir/access.log|"
    cat <<CONF
  @preflight method OPTIONS
  handle /ok* {
    header Access-Control-Allow-Origin $origin
    header Access-Control-Allow-Methods "PUT, GET"
    header Access-Control-Allow-Headers "content-type, x-trace"
    header Access-Control-Max-Age 600
    header Vary Origin
    respond @preflight 204
    respond "{}" 200
  }
  handle /none* {
    respond @preflight 405
    respond "{}" 200
  }
  handle /doubled* {
    header Access-Control-Allow-Origin $origin
    header +Access-Control-Allow-Origin *
    respond "{}" 200
  }
  handle /secret* {
    header Access-Control-Allow-Origin $origin
    respond "{}" 200
  }
  handle /missing* {
    respond 404
  }
  handle {
    respond "{}" 200
  }
}
CONF
  } >"$dir/Caddyfile"
}

start() { HOME=$dir XDG_DATA_HOME=$dir XDG_CONFIG_HOME=$dir exec caddy run --config "$dir/Caddyfile" --adapter caddyfile; }

check() {
  lines_are_read "$dir/access.log" "$dir/access.db" caddy && evidence_arrives "$dir/access.db"
  cookies_are_shown "$dir/access.db"
  # The store keeps both, a line each.
  doubled_header "$dir/access.db" "$origin"$'\n*'
}
