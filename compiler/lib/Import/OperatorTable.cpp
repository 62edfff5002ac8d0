//===- OperatorTable.cpp - What the importer knows of operators -----------===//

#include "OperatorTable.h"
#include "mlir/IR/Verifier.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;

namespace opml::compiler {

template <typename Op>
static FailureOr<Operation *> createOperator(OpBuilder &builder, Location loc,
                                             ValueRange operands,
                                             DictionaryAttr attributes) {
  OperationState state(loc, Op::getOperationName());
  state.addOperands(operands);
  auto &properties = state.getOrAddProperties<typename Op::Properties>();
  state.name.populateDefaultProperties(state.getRawProperties());
  SmallVector<Type> types;
  if (failed(Op::setPropertiesFromAttr(properties, attributes,
                                       [&] { return emitError(loc); })) ||
      failed(
          typename Op::Adaptor(operands, attributes, properties).verify(loc)) ||
      failed(Op::inferReturnTypes(builder.getContext(), loc, operands,
                                  attributes, state.getRawProperties(), {},
                                  types)))
    return failure();
  state.addTypes(types);
  Operation *op = builder.create(state);
  if (failed(verify(op)))
    return failure();
  return op;
}

#include "opml/Import/OperatorTable.inc"

const OperatorInfo *findOperator(StringRef domain, StringRef name) {
  if (domain == "ai.onnx")
    domain = "";
  const auto *found = llvm::find_if(operators, [&](const OperatorInfo &info) {
    return info.name == name && info.domain == domain;
  });
  return found == std::end(operators) ? nullptr : found;
}

int64_t newestKnownOpset() { return newestOpset; }

} // namespace opml::compiler
