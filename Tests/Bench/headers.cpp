// The peer for HARs: simdjson on demand, every header's name and value touched, nothing stored.
#include <cstdio>
#include <simdjson.h>

using namespace simdjson;

static size_t bytes_of(ondemand::array headers) {
  size_t bytes = 0;
  for (ondemand::object header : headers) {
    for (auto field : header) {
      std::string_view value;
      if (!field.value().get_string().get(value)) bytes += value.size();
    }
  }
  return bytes;
}

int main(int count, char **arguments) {
  if (count != 2) return 64;
  auto json = padded_string::load(arguments[1]);
  ondemand::parser parser;
  auto document = parser.iterate(json);
  size_t entries = 0, bytes = 0;
  for (ondemand::object entry : document["log"]["entries"]) {
    entries++;
    for (auto member : entry) {
      std::string_view name = member.unescaped_key();
      if (name != "request" && name != "response") continue;
      for (auto inner : member.value().get_object()) {
        std::string_view key = inner.unescaped_key();
        if (key == "headers") bytes += bytes_of(inner.value().get_array());
      }
    }
  }
  std::printf("%zu entries, %zu bytes of headers\n", entries, bytes);
}
