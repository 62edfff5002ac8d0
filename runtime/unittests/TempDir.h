//===- TempDir.h - A directory for one test ---------------------*- C++ -*-===//

#ifndef OPML_RUNTIME_UNITTESTS_TEMPDIR_H
#define OPML_RUNTIME_UNITTESTS_TEMPDIR_H

#include "gtest/gtest.h"
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace opml::runtime::test {

class TempDir {
public:
  TempDir() {
    std::string pattern = testing::TempDir() + "opml-XXXXXX";
    path = mkdtemp(pattern.data());
  }
  ~TempDir() { std::filesystem::remove_all(path); }
  TempDir(const TempDir &) = delete;
  TempDir &operator=(const TempDir &) = delete;

  std::string file(const std::string &name) const { return path + "/" + name; }
  /// Names of what the directory holds, hidden files included.
  std::vector<std::string> list() const {
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(path))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

  std::string path;
};

inline std::vector<uint8_t> readBytes(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeBytes(const std::string &path,
                       const std::vector<uint8_t> &bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char *>(bytes.data()),
             std::streamsize(bytes.size()));
}

/// Flips one bit of a file in place.
inline void flipBit(const std::string &path, size_t byte, unsigned bit) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(std::streamoff(byte));
  int value = file.get();
  file.seekp(std::streamoff(byte));
  file.put(char(value ^ (1 << bit)));
}

} // namespace opml::runtime::test

#endif // OPML_RUNTIME_UNITTESTS_TEMPDIR_H
