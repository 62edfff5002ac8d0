//===- OperatorTable.cpp - What the importer knows of operators -----------===//

#include "OperatorTable.h"
#include "mlir/IR/Verifier.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"
#include "opml/Dialect/Softmax.h"

using namespace mlir;

namespace opml::compiler {

template <typename Op>
static FailureOr<Operation *> createOperator(OpBuilder &builder, Location loc,
                                             ArrayRef<Value> given,
                                             DictionaryAttr attributes) {
  OperationState state(loc, Op::getOperationName());
  auto &properties = state.getOrAddProperties<typename Op::Properties>();
  state.name.populateDefaultProperties(state.getRawProperties());
  if constexpr (Op::template hasTrait<
                    ::mlir::OpTrait::AttrSizedOperandSegments>())
    for (auto [index, operand] : llvm::enumerate(given))
      properties.operandSegmentSizes[index] = operand ? 1 : 0;
  else if (const auto *hole = llvm::find(given, Value()); hole != given.end())
    return emitError(loc) << "input " << hole - given.begin() << " is missing";
  SmallVector<Value> operands;
  llvm::copy_if(given, std::back_inserter(operands),
                [](Value operand) { return bool(operand); });
  state.addOperands(operands);
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
