//===- ObjectCache.cpp - Translations kept between runs -------------------===//

#include "ObjectCache.h"
#include <algorithm>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace opml::vm;
namespace fs = std::filesystem;

static constexpr char extension[] = ".translation";

/// Code from there is executed: nobody else may have written it.
static bool isOwnDirectory(const fs::path &directory) {
  std::error_code error;
  if (fs::create_directories(directory, error))
    fs::permissions(directory, fs::perms::owner_all, error);
  struct stat status;
  return ::stat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == ::geteuid() &&
         (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

ObjectCache::ObjectCache(fs::path directory, uint64_t limit)
    : directory(std::move(directory)), limit(limit),
      isUsable(isOwnDirectory(this->directory)) {}

fs::path ObjectCache::fileOf(const Hash &key) const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string name;
  for (uint8_t byte : key) {
    name += digits[byte >> 4];
    name += digits[byte & 15];
  }
  return directory / (name + extension);
}

//===- The files' contents ------------------------------------------------===//
//
// hash of the rest, number of entries, number of blocks, entries, blocks,
// object; numbers are 32 bits of the host's.

static Hash hashOf(std::string_view text) {
  return keccak256(
      {reinterpret_cast<const uint8_t *>(text.data()), text.size()});
}

static void append(std::string &text, const void *data, size_t size) {
  text.append(static_cast<const char *>(data), size);
}

static std::string print(const Translation &translation) {
  const uint32_t counts[] = {uint32_t(translation.entries.size()),
                             uint32_t(translation.blocks.size())};
  std::string text;
  append(text, counts, sizeof counts);
  append(text, translation.entries.data(),
         translation.entries.size() * sizeof(uint32_t));
  append(text, translation.blocks.data(),
         translation.blocks.size() * sizeof(Translation::Extent));
  text += translation.object;
  Hash hash = hashOf(text);
  text.insert(0, reinterpret_cast<const char *>(hash.data()), hash.size());
  return text;
}

/// Takes `count` elements off the front of `text`.
template <typename T>
static bool take(std::string_view &text, size_t count, std::vector<T> &values) {
  if (count > text.size() / sizeof(T))
    return false;
  values.resize(count);
  if (count > 0)
    text.copy(reinterpret_cast<char *>(values.data()), count * sizeof(T));
  text.remove_prefix(count * sizeof(T));
  return true;
}

static std::optional<Translation> parse(std::string_view text) {
  std::vector<uint8_t> hash;
  if (!take(text, sizeof(Hash), hash))
    return std::nullopt;
  if (!std::ranges::equal(hash, hashOf(text)))
    return std::nullopt;
  std::vector<uint32_t> counts;
  Translation translation;
  if (!take(text, 2, counts) || !take(text, counts[0], translation.entries) ||
      !take(text, counts[1], translation.blocks))
    return std::nullopt;
  translation.object = text;
  return translation;
}

//===- Files --------------------------------------------------------------===//

/// Files take whole blocks, which also bounds their number.
static uint64_t onDisk(uint64_t bytes) {
  constexpr uint64_t block = 4096;
  return (bytes + block - 1) / block * block;
}

std::optional<Translation> ObjectCache::load(const Hash &key) const {
  if (!isUsable)
    return std::nullopt;
  const fs::path path = fileOf(key);
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::optional<Translation> translation = parse(text);
  std::error_code ignored;
  if (translation) // used now
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  return translation;
}

void ObjectCache::store(const Hash &key, const Translation &translation) {
  if (!isUsable)
    return;
  const fs::path path = fileOf(key);
  // Found by evict() if this process does not live to rename it.
  std::string temporary = path.string() + ".XXXXXX" + extension;
  const int descriptor =
      ::mkstemps(temporary.data(), int(std::size(extension) - 1));
  if (descriptor < 0)
    return;
  const std::string text = print(translation);
  const bool isWhole =
      ::write(descriptor, text.data(), text.size()) == ssize_t(text.size());
  ::close(descriptor);
  std::error_code error;
  if (isWhole)
    fs::rename(temporary, path, error);
  if (!isWhole || error)
    fs::remove(temporary, error);
  // To look at all files takes longer than to compile a piece: done once, and
  // again where what this process adds reaches the limit.
  total += onDisk(text.size());
  if (!hasLooked || total > limit)
    evict();
}

void ObjectCache::evict() {
  struct File {
    fs::path path;
    fs::file_time_type used;
    uint64_t size;
  };
  std::vector<File> files;
  hasLooked = true;
  total = 0;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code vanished;
    File file{at->path(), at->last_write_time(vanished), 0};
    file.size = vanished ? 0 : onDisk(at->file_size(vanished));
    if (vanished || file.path.extension() != extension)
      continue;
    total += file.size;
    files.push_back(std::move(file));
  }
  if (total <= limit)
    return;
  std::ranges::sort(files, {}, &File::used);
  for (const File &file : files) {
    // Down to three quarters, so that not every file from now on drops one.
    if (total <= limit / 4 * 3)
      return;
    fs::remove(file.path, error);
    total -= file.size;
  }
}
