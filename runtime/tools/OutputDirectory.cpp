//===- OutputDirectory.cpp - Output files of opml-run ---------------------===//

#include "Outputs.h"
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_set>

using namespace opml;
using namespace opml::runtime;

static std::string sanitized(const std::string &name) {
  std::string text;
  for (char c : name) {
    bool keep = std::isalnum(uint8_t(c)) || c == '.' || c == '-' || c == '_';
    text += keep ? c : '_';
  }
  // Neither empty nor a hidden file.
  if (text.empty() || text[0] == '.')
    text.insert(0, "_");
  // File systems take 255 bytes, and a temporary name is longer.
  constexpr size_t longest = 200;
  return text.substr(0, longest);
}

std::vector<std::string>
opml::runtime::outputFileNames(const std::vector<Port> &ports) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  for (const Port &port : ports) {
    std::string base = sanitized(port.name), name = base;
    for (unsigned i = 2; !taken.insert(name).second; ++i)
      name = base + "-" + std::to_string(i);
    names.push_back(name + ".npy");
  }
  return names;
}

Expected<OutputDirectory>
OutputDirectory::create(const std::string &path,
                        const std::vector<std::string> &names) {
  OutputDirectory directory;
  if (mkdir(path.c_str(), 0777) == 0)
    directory.made = path;
  else if (errno != EEXIST)
    return makeError("cannot create the directory '" + path +
                     "': " + std::strerror(errno));
  for (const std::string &name : names) {
    std::string filePath = path + "/";
    filePath += name;
    Expected<AtomicFile> file = AtomicFile::create(filePath);
    if (!file)
      return tl::unexpected(file.error());
    directory.files.push_back(std::move(*file));
  }
  return directory;
}

OutputDirectory::~OutputDirectory() {
  files.clear();
  if (!made.empty())
    rmdir(made.c_str()); // fails, as it should, once something is inside
}

std::vector<std::string> OutputDirectory::paths() const {
  std::vector<std::string> all(files.size());
  std::ranges::transform(files, all.begin(), &AtomicFile::path);
  return all;
}

Expected<void> OutputDirectory::commit() {
  for (AtomicFile &file : files)
    if (Expected<void> ok = file.commit(); !ok)
      return ok;
  return {};
}

Expected<void> opml::runtime::writeOutputs(OutputDirectory &directory,
                                           const std::vector<Tensor> &outputs) {
  for (size_t i = 0; i < outputs.size(); ++i)
    if (Expected<void> ok = writeTensor(directory.file(i), outputs[i]); !ok)
      return ok;
  return directory.commit();
}
