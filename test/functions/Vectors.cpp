//===- Vectors.cpp - glibc's test vectors ---------------------------------===//
//
// A line is "= exp tonearest binary32 0x1p+0 : 0x2.b7e15p+0 : inexact-ok".
//
//===----------------------------------------------------------------------===//

#include "Vectors.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cmath>
#include <cstdlib>

namespace opml::functions {

static float parse(llvm::StringRef word) {
  if (word == "plus_infty" || word == "minus_infty")
    return word.starts_with("plus") ? HUGE_VALF : -HUGE_VALF;
  return std::strtof(word.str().c_str(), nullptr);
}

llvm::Expected<std::vector<Vector>> readVectors(const std::string &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return llvm::createStringError(buffer.getError(), "cannot read " + file);
  std::vector<Vector> vectors;
  for (llvm::StringRef line : llvm::split((*buffer)->getBuffer(), '\n')) {
    llvm::SmallVector<llvm::StringRef> words;
    line.split(words, ' ', -1, /*KeepEmpty=*/false);
    if (words.size() < 7 || words[0] != "=" || words[2] != "tonearest" ||
        words[3] != "binary32" || words[5] != ":")
      continue;
    vectors.push_back({parse(words[4]), parse(words[6])});
  }
  if (vectors.empty())
    return llvm::createStringError(file + " has no binary32 line");
  return vectors;
}

} // namespace opml::functions
