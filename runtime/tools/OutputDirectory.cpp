//===- OutputDirectory.cpp - Output files of opml-run ---------------------===//

#include "Outputs.h"
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
                        const std::vector<Port> &ports) {
  OutputDirectory directory;
  if (mkdir(path.c_str(), 0777) == 0)
    directory.made = path;
  else if (errno != EEXIST)
    return makeError("cannot create the directory '" + path +
                     "': " + std::strerror(errno));
  for (const std::string &name : outputFileNames(ports)) {
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

Expected<std::vector<std::string>>
OutputDirectory::write(const std::vector<Tensor> &outputs) {
  std::vector<std::string> paths;
  for (size_t i = 0; i < files.size(); ++i) {
    paths.push_back(files[i].path());
    if (Expected<void> ok = writeTensor(files[i], outputs[i]); !ok)
      return tl::unexpected(ok.error());
  }
  for (AtomicFile &file : files)
    if (Expected<void> ok = file.commit(); !ok)
      return tl::unexpected(ok.error());
  return paths;
}
