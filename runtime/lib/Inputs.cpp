//===- Inputs.cpp - --input arguments to tensors --------------------------===//

#include "opml/runtime/Run.h"
#include <algorithm>
#include <optional>

using namespace opml;
using namespace opml::runtime;

InputArgument opml::runtime::parseInputArgument(std::string_view text) {
  size_t equals = text.find('=');
  if (equals == std::string_view::npos)
    return {"", std::string(text)};
  return {std::string(text.substr(0, equals)),
          std::string(text.substr(equals + 1))};
}

/// "'x' (float32[1,2]), 'y' (int64[])"
static std::string listPorts(const std::vector<Port> &ports) {
  std::string text;
  for (const Port &port : ports)
    text += (text.empty() ? "'" : ", '") + port.name + "' (" + port.type.str() +
            ")";
  return text.empty() ? "none" : text;
}

/// The file of every input, in the signature's order.
static Expected<std::vector<std::string>>
bindArguments(const Manifest &manifest,
              const std::vector<InputArgument> &arguments) {
  const std::vector<Port> &ports = manifest.inputs;
  std::vector<std::optional<std::string>> paths(ports.size());
  for (const InputArgument &argument : arguments) {
    if (argument.name.empty())
      continue;
    auto port = std::ranges::find(ports, argument.name, &Port::name);
    if (port == ports.end())
      return makeError("the model has no input '" + argument.name +
                       "'; its inputs are " + listPorts(ports));
    std::optional<std::string> &path = paths[size_t(port - ports.begin())];
    if (path)
      return makeError("input '" + argument.name + "' is given twice");
    path = argument.path;
  }
  for (const InputArgument &argument : arguments) {
    if (!argument.name.empty())
      continue;
    auto unbound = std::ranges::find_if(
        paths, [](const auto &path) { return !path.has_value(); });
    if (unbound == paths.end())
      return makeError("'" + argument.path +
                       "' is one input too many; the model's inputs are " +
                       listPorts(ports));
    *unbound = argument.path;
  }
  std::vector<std::string> bound;
  for (size_t i = 0; i < ports.size(); ++i) {
    if (!paths[i])
      return makeError("input '" + ports[i].name + "' (" + ports[i].type.str() +
                       ") is missing; give it with "
                       "--input '" +
                       ports[i].name + "=FILE'");
    bound.push_back(*paths[i]);
  }
  return bound;
}

Expected<std::vector<Tensor>>
opml::runtime::readInputs(const Manifest &manifest,
                          const std::vector<InputArgument> &arguments) {
  Expected<std::vector<std::string>> paths = bindArguments(manifest, arguments);
  if (!paths)
    return tl::unexpected(paths.error());
  std::vector<Tensor> tensors;
  for (size_t i = 0; i < paths->size(); ++i) {
    const Port &port = manifest.inputs[i];
    Expected<Tensor> tensor = readTensor((*paths)[i]);
    if (!tensor)
      return makeError("input '" + port.name + "': " + tensor.error().message);
    if (tensor->type != port.type)
      return makeError("input '" + port.name + "' is " + port.type.str() +
                       ", but '" + (*paths)[i] + "' holds " +
                       tensor->type.str());
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}
