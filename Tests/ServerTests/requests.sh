# The requests that each server gets: what browsers send, what scanners send, and bytes that break lines.
origin=https://app.example.com
browser='Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0'

# Sends raw bytes (escapes as in printf's %b) and reads the answer to its end.
raw() {
  timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"; printf "%b" "$1" >&3; cat <&3 >/dev/null' "$1" "$2" 2>/dev/null
}

# send PORT METHOD TARGET [HEADER…]
send() {
  local port=$1 method=$2 target=$3 header request
  shift 3
  request="$method $target HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n"
  for header in "$@"; do request+="$header\r\n"; done
  raw "$port" "$request\r\n"
}

send_all() {
  local port=$1
  local page=("Origin: $origin" "Referer: $origin/" "User-Agent: $browser" 'Sec-Fetch-Mode: cors' 'Sec-Fetch-Site: same-site')
  send "$port" OPTIONS /ok/1 "${page[@]}" 'Access-Control-Request-Method: PUT' 'Access-Control-Request-Headers: content-type,x-trace'
  send "$port" PUT /ok/1 "${page[@]}" 'Content-Type: application/json' 'Content-Length: 0'
  send "$port" OPTIONS /none/1 "${page[@]}" 'Access-Control-Request-Method: DELETE'
  send "$port" GET /none/2 "${page[@]}"
  send "$port" GET /doubled "${page[@]}"
  send "$port" GET /secret "${page[@]}" 'Cookie: session=hunter2' 'Authorization: Bearer hunter2'
  send "$port" GET /missing "${page[@]}"
  # No part of CORS.
  send "$port" GET /plain "User-Agent: $browser"
  send "$port" HEAD /plain 'User-Agent: curl/8.0'
  send "$port" OPTIONS /plain 'User-Agent: curl/8.0'
  send "$port" GET /plain
  # Odd bytes: quotes, backslashes, tabs, bytes of no UTF-8, brackets, percent signs.
  send "$port" GET '/ok/odd?a="b"&c=%5C%22%7B' "${page[@]}" 'X-Odd: 1'
  send "$port" GET /ok/odd "Origin: $origin" 'User-Agent: say \x22hi\x22 \\\\ \xff\xfe \t] - [end' 'Referer: \xc3\xa9"'
  send "$port" GET /ok/odd 'Origin: https://app.example.com" 200 17 "x' "User-Agent: $browser"
  send "$port" GET "/$(printf 'a%.0s' $(seq 3000))" "${page[@]}"
  # What is no request.
  raw "$port" 'GET /sp ace HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n'
  raw "$port" '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'
  raw "$port" '\r\n\r\n'
}
