//===- Image.cpp - Opening and checking an image --------------------------===//

#include "opml/runtime/Image.h"
#include "ImageFiles.h"
#include "ManifestJson.h"
#include "opml/runtime/File.h"
#include <algorithm>
#include <mutex>
#include <optional>

using namespace opml;
using namespace opml::runtime;

struct Image::Data {
  std::string path;
  Manifest manifest;
  std::shared_ptr<const vm::Program> program;
  MappedFile weights;
  /// The trees of the weights whose root has been checked, and their guard.
  std::vector<std::optional<vm::MerkleTree>> trees;
  std::mutex treesMutex;

  Error inFile(const char *file, const std::string &message) const {
    return Error{path + "/" + file + ": " + message};
  }
  std::span<const uint8_t> bytesOf(const Value &weight) const;
  Expected<vm::MerkleTree> checkedTree(uint32_t valueIndex);
};

namespace {

Expected<Manifest> openManifest(const std::string &path) {
  Expected<MappedFile> file = MappedFile::open(path + "/" + manifestFile);
  if (!file)
    return makeError("'" + path +
                     "' is not an opML image: " + file.error().message);
  Expected<Manifest> manifest =
      readManifest({reinterpret_cast<const char *>(file->bytes().data()),
                    file->bytes().size()});
  if (!manifest)
    return makeError(path + "/" + manifestFile + ": " +
                     manifest.error().message);
  if (computeModelRoot(*manifest) != manifest->modelRoot)
    return makeError(path + "/" + manifestFile +
                     ": modelRoot does not follow from the manifest");
  return manifest;
}

Expected<vm::Program> openProgram(const std::string &path,
                                  const Manifest &manifest) {
  std::string name = path + "/" + programFile;
  Expected<MappedFile> file = MappedFile::open(name);
  if (!file)
    return tl::unexpected(file.error());
  if (vm::keccak256(file->bytes()) != manifest.programHash)
    return makeError(name +
                     ": programHash does not match; the file is damaged");
  Expected<vm::Program> program = vm::Program::fromElf(file->bytes());
  if (!program)
    return makeError(name + ": " + program.error().message);
  if (program->codeDepth() != manifest.codeDepth ||
      program->codeRoot() != manifest.codeRoot)
    return makeError(name + ": codeRoot of the manifest is not the program's");
  return program;
}

} // namespace

Expected<Image> Image::open(const std::string &path) {
  Expected<Manifest> manifest = openManifest(path);
  if (!manifest)
    return tl::unexpected(manifest.error());
  Expected<vm::Program> program = openProgram(path, *manifest);
  if (!program)
    return tl::unexpected(program.error());
  Expected<MappedFile> weights = MappedFile::open(path + "/" + weightsFile);
  if (!weights)
    return tl::unexpected(weights.error());

  Image image;
  image.data = std::make_shared<Data>();
  Data &data = *image.data;
  data.path = path;
  data.manifest = std::move(*manifest);
  data.program = std::make_shared<const vm::Program>(std::move(*program));
  data.weights = std::move(*weights);
  if (data.weights.bytes().size() != data.manifest.weightsBytes)
    return tl::unexpected(data.inFile(
        weightsFile, std::to_string(data.weights.bytes().size()) +
                         " bytes, but the manifest says " +
                         std::to_string(data.manifest.weightsBytes)));
  auto isWeight = [](const Value &value) {
    return value.kind == Value::Kind::Weight;
  };
  data.trees.resize(std::ranges::count_if(data.manifest.values, isWeight));
  return image;
}

const Manifest &Image::manifest() const { return data->manifest; }

std::shared_ptr<const vm::Program> Image::program() const {
  return data->program;
}

std::span<const uint8_t> Image::Data::bytesOf(const Value &value) const {
  return weights.bytes().subspan(value.offset, value.type.bytes());
}

Expected<vm::MerkleTree> Image::Data::checkedTree(uint32_t valueIndex) {
  std::lock_guard lock(treesMutex);
  std::optional<vm::MerkleTree> &known = trees[valueIndex];
  if (!known) {
    const Value &value = manifest.values[valueIndex];
    vm::MerkleTree tree(bytesOf(value), value.depth());
    if (tree.root() != value.root)
      return tl::unexpected(
          inFile(weightsFile, "weight '" + value.name +
                                  "' is damaged: its root does not match the "
                                  "manifest"));
    known = std::move(tree);
  }
  return *known;
}

Expected<std::span<const uint8_t>> Image::weight(uint32_t valueIndex) const {
  Expected<vm::MerkleTree> tree = data->checkedTree(valueIndex);
  if (!tree)
    return tl::unexpected(tree.error());
  return data->bytesOf(data->manifest.values[valueIndex]);
}

Expected<void> Image::loadWeight(vm::Machine &machine, const Slot &slot) const {
  Expected<vm::MerkleTree> tree = data->checkedTree(slot.value);
  if (!tree)
    return tl::unexpected(tree.error());
  const Value &value = data->manifest.values[slot.value];
  std::span<const uint8_t> bytes = data->bytesOf(value);
  vm::Memory &memory = machine.dataMemory();
  // The file goes on behind the weight; the slot does not.
  uint64_t mapped =
      bytes.size() / vm::Memory::pageBytes * vm::Memory::pageBytes;
  if (mapped != 0) {
    if (Expected<void> ok = memory.map(slot.address, data->weights.descriptor(),
                                       value.offset, mapped);
        !ok)
      return ok;
    machine.graft(slot.address, *tree);
  }
  return memory.write(slot.address + mapped, bytes.subspan(mapped));
}

Expected<void> Image::verifyWeights() const {
  uint64_t end = 0;
  for (uint32_t i = 0; i < data->trees.size(); ++i) {
    Expected<std::span<const uint8_t>> bytes = weight(i);
    if (!bytes)
      return tl::unexpected(bytes.error());
    uint64_t begin = data->manifest.values[i].offset;
    for (uint8_t byte : data->weights.bytes().subspan(end, begin - end))
      if (byte != 0)
        return tl::unexpected(data->inFile(
            weightsFile, "the padding before weight '" +
                             data->manifest.values[i].name + "' is not zero"));
    end = begin + bytes->size();
  }
  return {};
}
