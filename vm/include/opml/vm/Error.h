//===- Error.h - Errors as values, without LLVM -----------------*- C++ -*-===//
//
// The VM and the host runtime link no LLVM, so they carry failures in
// tl::expected. A message says what is wrong, where, and what to do about it;
// tools print it once as "error: <message>" and exit with a non-zero status.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_ERROR_H
#define OPML_VM_ERROR_H

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace opml {

struct Error {
  std::string message;
};

template <typename T> using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> makeError(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

} // namespace opml

#endif // OPML_VM_ERROR_H
