//===- Utf8.h - Well-formed UTF-8 -------------------------------*- C++ -*-===//

#ifndef OPML_RUNTIME_LIB_UTF8_H
#define OPML_RUNTIME_LIB_UTF8_H

#include <string_view>

namespace opml::runtime {

/// True for well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool isUtf8(std::string_view text);

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_UTF8_H
