//===- File.cpp - Mapped input and atomic output files --------------------===//

#include "opml/runtime/File.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace opml;
using namespace opml::runtime;

static tl::unexpected<Error> systemError(const char *what,
                                         const std::string &path) {
  int code = errno;
  return makeError(std::string(what) + " '" + path +
                   "': " + std::strerror(code));
}

Expected<MappedFile> MappedFile::open(const std::string &path) {
  // Not blocking, for the path may name a pipe.
  MappedFile opened;
  opened.file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (opened.file < 0)
    return systemError("cannot open", path);
  struct stat status;
  if (fstat(opened.file, &status) != 0 || !S_ISREG(status.st_mode))
    return makeError("cannot open '" + path + "': not a regular file");
  auto size = size_t(status.st_size);
  if (size == 0)
    return opened;
  void *base = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, opened.file, 0);
  if (base == MAP_FAILED)
    return systemError("cannot map", path);
  opened.base = static_cast<const uint8_t *>(base);
  opened.size = size;
  return opened;
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : file(std::exchange(other.file, -1)),
      base(std::exchange(other.base, nullptr)),
      size(std::exchange(other.size, 0)) {}

MappedFile &MappedFile::operator=(MappedFile &&other) noexcept {
  std::swap(file, other.file);
  std::swap(base, other.base);
  std::swap(size, other.size);
  return *this;
}

MappedFile::~MappedFile() {
  if (base)
    munmap(const_cast<uint8_t *>(base), size);
  if (file >= 0)
    ::close(file);
}

Expected<OutputFile> OutputFile::create(const std::string &path) {
  int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return systemError("cannot create", path);
  return OutputFile(path, descriptor);
}

OutputFile::OutputFile(OutputFile &&other) noexcept
    : name(std::move(other.name)),
      descriptor(std::exchange(other.descriptor, -1)) {}

OutputFile &OutputFile::operator=(OutputFile &&other) noexcept {
  std::swap(name, other.name);
  std::swap(descriptor, other.descriptor);
  return *this;
}

OutputFile::~OutputFile() {
  if (descriptor >= 0)
    ::close(descriptor);
}

Expected<void> OutputFile::write(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0) {
      if (errno == EINTR)
        continue;
      return systemError("cannot write", name);
    }
    bytes = bytes.subspan(size_t(count));
  }
  return {};
}

Expected<void> OutputFile::write(std::string_view text) {
  return write(
      std::span(reinterpret_cast<const uint8_t *>(text.data()), text.size()));
}

Expected<void> OutputFile::makePrivate() {
  constexpr mode_t onlyOwner = 0600;
  if (fchmod(descriptor, onlyOwner) != 0)
    return systemError("cannot protect", name);
  return {};
}

Expected<void> OutputFile::close() {
  if (::close(std::exchange(descriptor, -1)) != 0)
    return systemError("cannot write", name);
  return {};
}

std::string opml::runtime::temporaryName(const std::string &path) {
  std::string base = path;
  while (base.size() > 1 && base.back() == '/')
    base.pop_back();
  base += ".tmp-" + std::to_string(getpid()) + "-";
  for (unsigned i = 0;; ++i) {
    std::string name = base + std::to_string(i);
    struct stat status;
    if (lstat(name.c_str(), &status) != 0)
      return name;
  }
}

Expected<AtomicFile> AtomicFile::create(const std::string &path) {
  struct stat status;
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    return makeError("cannot write '" + path +
                     "': it exists and is not a regular file");
  Expected<OutputFile> file = OutputFile::create(temporaryName(path));
  if (!file) // the temporary name would only confuse
    return systemError("cannot create", path);
  return AtomicFile(path, std::move(*file));
}

AtomicFile::AtomicFile(AtomicFile &&other) noexcept
    : target(std::exchange(other.target, {})), file(std::move(other.file)) {}

AtomicFile::~AtomicFile() {
  if (!target.empty())
    unlink(file.path().c_str());
}

Expected<void> AtomicFile::commit() {
  if (Expected<void> ok = file.close(); !ok)
    return ok;
  if (rename(file.path().c_str(), target.c_str()) != 0)
    return systemError("cannot create", target);
  target.clear();
  return {};
}
