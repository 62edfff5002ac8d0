//===- Serve.cpp - opml-vm serve ------------------------------------------===//

#include "Commands.h"

using namespace opml;
using namespace opml::vm;

static Expected<int> serve(const runtime::Arguments &arguments) {
  return makeError("opml-vm serve is not in this build; opml-vm root and "
                   "opml-vm prove answer single questions");
}

static constexpr runtime::Option options[] = {inputOption};

const Subcommand vm::serveCommand = {
    {"opml-vm serve", "IMAGE",
     "Answers for roots and witnesses on standard input: not in this build.",
     options},
    serve};
