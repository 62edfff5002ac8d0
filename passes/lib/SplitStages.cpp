//===- SplitStages.cpp - One function for each parallel loop --------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"
#include "llvm/Support/MathExtras.h"

namespace opml {
#define GEN_PASS_DEF_SPLITSTAGES
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

/// Clones what computes `value` from the node's arguments: views and constants.
void cloneProducers(OpBuilder &builder, Value value, IRMapping &mapping) {
  if (mapping.contains(value))
    return;
  Operation *producer = value.getDefiningOp();
  for (Value operand : producer->getOperands())
    cloneProducers(builder, operand, mapping);
  builder.clone(*producer, mapping);
}

/// The iterations begin … end of `loop` as the body of a function.
void fillStage(func::FuncOp stage, func::FuncOp node, scf::ForallOp loop) {
  OpBuilder builder = OpBuilder::atBlockEnd(stage.addEntryBlock());
  Location loc = loop.getLoc();
  IRMapping mapping;
  unsigned buffers = node.getNumArguments();
  mapping.map(node.getArguments(), stage.getArguments().take_front(buffers));
  llvm::SetVector<Value> used;
  getUsedValuesDefinedAbove(loop->getRegions(), used);
  for (Value value : used)
    cloneProducers(builder, value, mapping);

  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  auto range = scf::ForOp::create(builder, loc, stage.getArgument(buffers),
                                  stage.getArgument(buffers + 1), one);
  func::ReturnOp::create(builder, loc);
  mapping.map(loop.getInductionVars().front(), range.getInductionVar());
  builder.setInsertionPointToStart(range.getBody());
  for (Operation &op : loop.getBody()->without_terminator())
    builder.clone(op, mapping);
}

/// How often the innermost loop bodies in `region` run, in all.
uint64_t countBodies(Region &region) {
  uint64_t count = 0;
  for (auto loop : region.getOps<scf::ForOp>()) {
    std::optional<APInt> trips = loop.getStaticTripCount();
    count = llvm::SaturatingMultiplyAdd(trips ? trips->getLimitedValue()
                                              : uint64_t(1),
                                        countBodies(loop.getRegion()), count);
  }
  return std::max<uint64_t>(count, 1);
}

struct SplitStages : opml::impl::SplitStagesBase<SplitStages> {
  void runOnOperation() override {
    auto nodes = llvm::to_vector(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp node : nodes) {
      unsigned count = 0;
      for (auto loop : node.getOps<scf::ForallOp>())
        split(node, loop, count++);
      node.erase();
    }
  }

private:
  void split(func::FuncOp node, scf::ForallOp loop, unsigned number) {
    OpBuilder builder(node);
    int64_t iterations = loop.getStaticUpperBound()[0];
    auto index = builder.getIndexType();
    SmallVector<Type> types(node.getArgumentTypes());
    types.append(2, index);
    auto stage = func::FuncOp::create(
        builder, loop.getLoc(), (node.getName() + "." + Twine(number)).str(),
        builder.getFunctionType(types, {}));
    for (unsigned i = 0; i < node.getNumArguments(); ++i)
      stage.setArgAttrs(i, node.getArgAttrDict(i));
    stage->setAttr(opml::compiler::nodeAttrName, builder.getUnitAttr());
    stage->setAttr(opml::stageOfAttrName,
                   FlatSymbolRefAttr::get(node.getNameAttr()));
    stage->setAttr(opml::iterationsAttrName,
                   builder.getI64IntegerAttr(iterations));
    auto work = loop->getAttrOfType<IntegerAttr>(opml::workAttrName);
    if (!work)
      work = builder.getI64IntegerAttr(llvm::SaturatingMultiply(
          uint64_t(iterations), countBodies(loop.getRegion())));
    stage->setAttr(opml::workAttrName, work);
    fillStage(stage, node, loop);
  }
};

} // namespace
