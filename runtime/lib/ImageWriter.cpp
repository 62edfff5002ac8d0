//===- ImageWriter.cpp - Writing an image directory -----------------------===//

#include "ImageFiles.h"
#include "ManifestJson.h"
#include "opml/runtime/File.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

using namespace opml;
using namespace opml::runtime;
namespace fs = std::filesystem;

namespace {

/// A directory under a temporary name, removed unless it is moved away.
class TemporaryDirectory {
public:
  static Expected<TemporaryDirectory> create(const std::string &target) {
    std::string name = temporaryName(target);
    if (mkdir(name.c_str(), 0777) != 0)
      return makeError("cannot create '" + target +
                       "': " + std::strerror(errno));
    return TemporaryDirectory(name);
  }
  TemporaryDirectory(TemporaryDirectory &&other) noexcept
      : name(std::exchange(other.name, {})) {}
  ~TemporaryDirectory() {
    std::error_code ignored;
    if (!name.empty())
      fs::remove_all(name, ignored);
  }

  std::string file(const char *leaf) const { return name + "/" + leaf; }

  /// Gives the directory the name `target`. An image there is exchanged in
  /// one system call where the file system can, and then removed with us.
  Expected<void> moveTo(const std::string &target, bool replace) {
    if (replace && renameat2(AT_FDCWD, name.c_str(), AT_FDCWD, target.c_str(),
                             RENAME_EXCHANGE) == 0)
      return {};
    std::string old;
    if (replace) {
      old = temporaryName(target);
      if (rename(target.c_str(), old.c_str()) != 0)
        return makeError("cannot replace '" + target +
                         "': " + std::strerror(errno));
    }
    if (rename(name.c_str(), target.c_str()) != 0) {
      int code = errno;
      if (replace)
        rename(old.c_str(), target.c_str());
      return makeError("cannot create '" + target +
                       "': " + std::strerror(code));
    }
    name = old;
    return {};
  }

private:
  explicit TemporaryDirectory(std::string name) : name(std::move(name)) {}
  std::string name;
};

/// Only what we could have written may be replaced: a directory that holds
/// the files of an image, one of them a manifest, and nothing else.
bool isImage(const std::string &path) {
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(path, error)))
    return false;
  for (const fs::directory_entry &entry : fs::directory_iterator(path, error)) {
    std::string name = entry.path().filename();
    if (name != manifestFile && name != programFile && name != weightsFile)
      return false;
  }
  Expected<MappedFile> manifest = MappedFile::open(path + "/" + manifestFile);
  if (error || !manifest)
    return false;
  std::string_view text(
      reinterpret_cast<const char *>(manifest->bytes().data()),
      manifest->bytes().size());
  return text.starts_with("{\n  \"format\": \"opml-image\"");
}

/// Gives every weight its offset; types are checked first, for sizes are
/// computed from them.
Expected<void> layOutWeights(Manifest &manifest) {
  uint64_t end = 0;
  for (Value &value : manifest.values) {
    if (!value.type.isValid())
      return makeError("value '" + value.name + "' has the type " +
                       value.type.str() + ", which is too large for an image");
    if (value.kind != Value::Kind::Weight)
      continue;
    uint64_t size = value.type.bytes(), alignment = weightAlignment(size);
    value.offset = (end + alignment - 1) / alignment * alignment;
    end = value.offset + size;
  }
  manifest.weightsBytes = end;
  return {};
}

/// Streams the weights to their file and sets their roots.
Expected<void> writeWeights(const std::string &path, Manifest &manifest,
                            WeightSource &weights) {
  static constexpr uint8_t zeros[weightAlignment(UINT64_MAX)] = {};
  Expected<OutputFile> file = OutputFile::create(path);
  if (!file)
    return tl::unexpected(file.error());
  uint64_t end = 0;
  for (uint32_t i = 0; i < manifest.values.size(); ++i) {
    Value &value = manifest.values[i];
    if (value.kind != Value::Kind::Weight)
      break;
    std::span<const uint8_t> bytes = weights.bytes(i);
    if (bytes.size() != value.type.bytes())
      return makeError("weight '" + value.name + "' has " +
                       std::to_string(bytes.size()) +
                       " bytes, but its type is " + value.type.str());
    value.root = vm::merkleRoot(bytes, value.depth());
    if (Expected<void> ok =
            file->write(std::span(zeros).first(value.offset - end));
        !ok)
      return ok;
    if (Expected<void> ok = file->write(bytes); !ok)
      return ok;
    end = value.offset + bytes.size();
  }
  return file->close();
}

Expected<void> writeFile(const std::string &path,
                         std::span<const uint8_t> bytes) {
  Expected<OutputFile> file = OutputFile::create(path);
  if (!file)
    return tl::unexpected(file.error());
  if (Expected<void> ok = file->write(bytes); !ok)
    return ok;
  return file->close();
}

/// What the manifest says of the program.
Expected<void> bindProgram(Manifest &manifest,
                           std::span<const uint8_t> programElf) {
  Expected<vm::Program> program = vm::Program::fromElf(programElf);
  if (!program)
    return makeError("program: " + program.error().message);
  manifest.programHash = vm::keccak256(programElf);
  manifest.codeRoot = program->codeRoot();
  manifest.codeDepth = uint8_t(program->codeDepth());
  return {};
}

Expected<void> writeFiles(const TemporaryDirectory &directory,
                          Manifest &manifest,
                          std::span<const uint8_t> programElf,
                          WeightSource &weights) {
  if (Expected<void> ok =
          writeWeights(directory.file(weightsFile), manifest, weights);
      !ok)
    return ok;
  manifest.modelRoot = computeModelRoot(manifest);
  if (Expected<void> ok = writeFile(directory.file(programFile), programElf);
      !ok)
    return ok;
  std::string text = writeManifest(manifest);
  return writeFile(
      directory.file(manifestFile),
      {reinterpret_cast<const uint8_t *>(text.data()), text.size()});
}

} // namespace

Expected<Manifest>
opml::runtime::writeImage(const std::string &path, Manifest manifest,
                          std::span<const uint8_t> programElf,
                          WeightSource &weights) {
  std::string target = path;
  while (target.size() > 1 && target.back() == '/')
    target.pop_back();
  std::error_code ignored;
  bool replace = fs::exists(fs::symlink_status(target, ignored));
  if (replace && !isImage(target))
    return makeError("'" + target +
                     "' exists and is not an opML image; "
                     "remove it or choose another name");
  if (Expected<void> ok = bindProgram(manifest, programElf); !ok)
    return tl::unexpected(ok.error());
  if (Expected<void> ok = layOutWeights(manifest); !ok)
    return tl::unexpected(ok.error());
  if (Expected<void> ok = checkManifest(manifest); !ok)
    return tl::unexpected(ok.error());

  Expected<TemporaryDirectory> directory = TemporaryDirectory::create(target);
  if (!directory)
    return tl::unexpected(directory.error());
  if (Expected<void> ok = writeFiles(*directory, manifest, programElf, weights);
      !ok)
    return tl::unexpected(ok.error());
  if (Expected<void> ok = directory->moveTo(target, replace); !ok)
    return tl::unexpected(ok.error());
  return manifest;
}
