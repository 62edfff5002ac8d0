//===- File.h - Mapped input and atomic output files ------------*- C++ -*-===//
//
// Errors name the path and the system's reason. Output appears under its name
// whole or not at all.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_FILE_H
#define OPML_RUNTIME_FILE_H

#include "opml/vm/Error.h"
#include <cstdint>
#include <span>
#include <string_view>

namespace opml::runtime {

/// A regular file mapped read-only.
class MappedFile {
public:
  static Expected<MappedFile> open(const std::string &path);
  MappedFile() = default;
  MappedFile(MappedFile &&other) noexcept;
  MappedFile &operator=(MappedFile &&other) noexcept;
  ~MappedFile();

  std::span<const uint8_t> bytes() const { return {base, size}; }
  /// For mapping parts of the file elsewhere; open as long as this is.
  int descriptor() const { return file; }

private:
  int file = -1;
  const uint8_t *base = nullptr;
  size_t size = 0;
};

/// A new file, written from start to end.
class OutputFile {
public:
  /// Fails if the file exists.
  static Expected<OutputFile> create(const std::string &path);
  OutputFile(OutputFile &&other) noexcept;
  OutputFile &operator=(OutputFile &&other) noexcept;
  ~OutputFile();

  Expected<void> write(std::span<const uint8_t> bytes);
  Expected<void> write(std::string_view text);
  /// Leaves the file to its owner alone, whatever the umask.
  Expected<void> makePrivate();
  /// Reports errors that the system delayed until now.
  Expected<void> close();
  const std::string &path() const { return name; }

private:
  OutputFile(std::string path, int descriptor)
      : name(std::move(path)), descriptor(descriptor) {}
  std::string name;
  int descriptor = -1;
};

/// A file written under a temporary name beside its own. Without commit() it
/// vanishes; a path that cannot be written is an error of create(), so tools
/// create their outputs before they work.
class AtomicFile {
public:
  /// Fails if `path` exists and is not a regular file.
  static Expected<AtomicFile> create(const std::string &path);
  AtomicFile(AtomicFile &&other) noexcept;
  AtomicFile &operator=(AtomicFile &&) = delete;
  ~AtomicFile();

  Expected<void> write(std::span<const uint8_t> bytes) {
    return file.write(bytes);
  }
  Expected<void> write(std::string_view text) { return file.write(text); }
  Expected<void> makePrivate() { return file.makePrivate(); }
  /// Gives the file its name, replacing an older one.
  Expected<void> commit();
  const std::string &path() const { return target; }

private:
  AtomicFile(std::string target, OutputFile file)
      : target(std::move(target)), file(std::move(file)) {}
  std::string target;
  OutputFile file;
};

/// A name beside `path` that does not exist yet, for a temporary file.
std::string temporaryName(const std::string &path);

} // namespace opml::runtime

#endif // OPML_RUNTIME_FILE_H
