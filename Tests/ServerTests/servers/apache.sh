program=apache2
package=apache2

configure() {
  local modules=/usr/lib/apache2/modules module
  mkdir -p "$dir/htdocs"
  echo '{}' >"$dir/htdocs/index"
  {
    for module in mpm_event authz_core log_config headers setenvif alias rewrite unixd; do
      [ -e "$modules/mod_$module.so" ] && echo "LoadModule ${module}_module $modules/mod_$module.so"
    done
    cat <<CONF
ServerRoot $dir
ServerName api.example.com
Listen 127.0.0.1:$port
PidFile $dir/apache.pid
ErrorLog $dir/error.log
DefaultRuntimeDir $dir
Mutex file:$dir
HttpProtocolOptions Unsafe
TraceEnable off
Define APACHE_LOG_DIR $dir
LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" vhost_combined
LogFormat "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" combined
LogFormat "%h %l %u %t \"%r\" %>s %O" common
CustomLog $dir/vhost.log vhost_combined
CustomLog $dir/access.log combined
CustomLog $dir/common.log common
CONF
    "$corsleuth" log-config apache
    cat <<CONF
DocumentRoot $dir/htdocs
<Directory $dir/htdocs>
  Require all granted
</Directory>
RewriteEngine on
RewriteCond %{REQUEST_METHOD} OPTIONS
RewriteRule ^/ok - [R=204,L]
RewriteCond %{REQUEST_METHOD} OPTIONS
RewriteRule ^/none - [R=405,L]
RewriteRule ^/missing - [R=404,L]
AliasMatch ^/ $dir/htdocs/index
<Location /ok>
  Header always set Access-Control-Allow-Origin $origin
  Header always set Access-Control-Allow-Methods "PUT, GET"
  Header always set Access-Control-Allow-Headers "content-type, x-trace"
  Header always set Access-Control-Max-Age 600
  Header always set Vary Origin
</Location>
<Location /doubled>
  Header always add Access-Control-Allow-Origin $origin
  Header always add Access-Control-Allow-Origin *
</Location>
<Location /secret>
  Header always set Access-Control-Allow-Origin $origin
</Location>
CONF
  } >"$dir/apache.conf"
}

start() { exec apache2 -d "$dir" -f "$dir/apache.conf" -DFOREGROUND; }

check() {
  lines_are_read "$dir/access.log" "$dir/access.db" combined && preflights_are_guessed "$dir/access.db"
  lines_are_read "$dir/vhost.log" "$dir/vhost.db" vhost_combined && preflights_are_guessed "$dir/vhost.db"
  lines_are_read "$dir/common.log" "$dir/common.db" common
  lines_are_read "$dir/cors.log" "$dir/cors.db" combined && evidence_arrives "$dir/cors.db"
  cookies_are_shown "$dir/cors.db"
  doubled_header "$dir/cors.db" "$origin"
  lines_are_read "$dir/cors.log" "$dir/own.db" cors --log-format "$dir/apache.conf" && evidence_arrives "$dir/own.db"
}
