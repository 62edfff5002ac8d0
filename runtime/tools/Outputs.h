//===- Outputs.h - What opml-run does with the model's outputs --*- C++ -*-===//

#ifndef OPML_RUNTIME_TOOLS_OUTPUTS_H
#define OPML_RUNTIME_TOOLS_OUTPUTS_H

#include "opml/runtime/File.h"
#include "opml/runtime/Image.h"
#include <utility>

namespace opml::runtime {

/// Files in a directory, all created before the run so that an unwritable one
/// is found early, and all gone if it fails.
class OutputDirectory {
public:
  /// Makes `path` if it is missing (its parent must exist).
  static Expected<OutputDirectory>
  create(const std::string &path, const std::vector<std::string> &names);
  OutputDirectory(OutputDirectory &&other) noexcept
      : made(std::exchange(other.made, {})), files(std::move(other.files)) {}
  ~OutputDirectory();

  AtomicFile &file(size_t index) { return files[index]; }
  std::vector<std::string> paths() const;
  /// Gives all files their names.
  Expected<void> commit();

private:
  OutputDirectory() = default;
  std::string made; // the directory, if it was we who made it
  std::vector<AtomicFile> files;
};

/// Writes the outputs to the files of a directory, in order.
Expected<void> writeOutputs(OutputDirectory &directory,
                            const std::vector<Tensor> &outputs);

/// Names of .npy files for outputs: letters, digits, '.', '-' and '_' of the
/// names stay, all else becomes '_'; names that then agree are numbered.
std::vector<std::string> outputFileNames(const std::vector<Port> &ports);

/// "name float32[1,10]", the first values, and the class if it looks like one.
std::string describeOutput(const Port &port, const Tensor &tensor);

} // namespace opml::runtime

#endif // OPML_RUNTIME_TOOLS_OUTPUTS_H
