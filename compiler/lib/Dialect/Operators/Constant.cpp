//===- Constant.cpp - opml.Constant ---------------------------------------===//

#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }
