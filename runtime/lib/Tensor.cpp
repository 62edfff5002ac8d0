//===- Tensor.cpp - Tensor files by extension -----------------------------===//

#include "opml/runtime/Tensor.h"
#include "TensorFiles.h"
#include "opml/runtime/File.h"
#include <algorithm>

using namespace opml;
using namespace opml::runtime;

static Error unknownExtension(const std::string &path) {
  return Error{"'" + path + "': the name of a tensor file ends in .npy or .pb"};
}

Expected<Tensor> opml::runtime::readTensor(const std::string &path) {
  bool npy = path.ends_with(".npy");
  if (!npy && !path.ends_with(".pb"))
    return tl::unexpected(unknownExtension(path));
  Expected<MappedFile> file = MappedFile::open(path);
  if (!file)
    return tl::unexpected(file.error());
  Expected<Tensor> tensor =
      npy ? readNpy(file->bytes()) : readTensorProto(file->bytes());
  if (!tensor)
    return makeError("'" + path + "': " + tensor.error().message);
  // Other bytes would be true in one engine's eyes and not in another's.
  if (tensor->type.elementType == ElementType::Bool &&
      std::ranges::any_of(tensor->bytes, [](uint8_t byte) { return byte > 1; }))
    return makeError("'" + path + "': an element of type bool is not 0 or 1");
  return tensor;
}

Expected<void> opml::runtime::writeTensor(AtomicFile &file,
                                          const Tensor &tensor) {
  if (file.path().ends_with(".pb"))
    return file.write(writeTensorProto(tensor));
  if (!file.path().ends_with(".npy"))
    return tl::unexpected(unknownExtension(file.path()));
  if (Expected<void> ok = file.write(npyHeader(tensor.type)); !ok)
    return ok;
  return file.write(tensor.bytes);
}

Expected<void> opml::runtime::writeTensor(const std::string &path,
                                          const Tensor &tensor) {
  Expected<AtomicFile> file = AtomicFile::create(path);
  if (!file)
    return tl::unexpected(file.error());
  if (Expected<void> ok = writeTensor(*file, tensor); !ok)
    return ok;
  return file->commit();
}
