//===- OutlineNodes.cpp - One function for each graph node ----------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace opml {
#define GEN_PASS_DEF_OUTLINENODES
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;
using namespace opml::compiler;
// Both mlir and opml::compiler have one.
namespace OpTraits = opml::compiler::OpTrait;

namespace {

/// The operators of one node, in order; the first is the anchor.
using Group = SmallVector<Operation *>;

/// A longer tail goes on in a node of its own: fusing a node's operators costs
/// time that grows faster than their number.
constexpr size_t maxOperators = 32;

bool isOperator(Operation *op) {
  return !isa<WeightOp, ViewOp, CallOp>(op) &&
         !op->hasTrait<mlir::OpTrait::IsTerminator>();
}

/// The only user of `op`'s only result if it can join `op`'s node.
Operation *elementwiseTail(Operation *op) {
  if (op->getNumResults() != 1 || !op->hasOneUse())
    return nullptr;
  Operation *user = *op->user_begin();
  bool joins = user->hasTrait<OpTraits::Elementwise>() &&
               user->getNumResults() == 1 &&
               cast<ShapedType>(user->getResult(0).getType()).getShape() ==
                   cast<ShapedType>(op->getResult(0).getType()).getShape();
  return joins ? user : nullptr;
}

SmallVector<Group> cutIntoNodes(Block &block) {
  SmallVector<Group> groups;
  DenseSet<Operation *> taken;
  for (Operation &op : block) {
    if (!isOperator(&op) || !taken.insert(&op).second)
      continue;
    Group group{&op};
    for (Operation *next = elementwiseTail(&op);
         next && group.size() < maxOperators && taken.insert(next).second;
         next = elementwiseTail(next))
      group.push_back(next);
    groups.push_back(std::move(group));
  }
  return groups;
}

Value behindViews(Value value) {
  while (auto view = value.getDefiningOp<ViewOp>())
    value = view.getInput();
  return value;
}

/// Makes views that @main returns anew at its end, so that a view between
/// operators is used by nobody else.
void renewReturnedViews(Block &block) {
  OpBuilder builder(block.getTerminator());
  for (OpOperand &returned : block.getTerminator()->getOpOperands())
    if (Operation *view = returned.get().getDefiningOp<ViewOp>())
      returned.set(ViewOp::create(builder, view->getLoc(),
                                  view->getResult(0).getType(),
                                  behindViews(view->getResult(0))));
}

/// All operators with the views between them.
Group wholeGraph(Block &block) {
  Group group;
  for (Operation &op : block)
    if (isOperator(&op) ||
        (isa<ViewOp>(op) &&
         !llvm::is_contained(op.getUsers(), block.getTerminator())))
      group.push_back(&op);
  return llvm::any_of(group, isOperator) ? group : Group();
}

/// What leaves a group: results that others use.
SmallVector<Value> resultsOf(const Group &group) {
  SmallVector<Value> results;
  for (Operation *op : group)
    for (Value result : op->getResults())
      if (llvm::any_of(result.getUsers(), [&](Operation *user) {
            return !llvm::is_contained(group, user);
          }))
        results.push_back(result);
  return results;
}

/// The group as a function whose parameters are the values that come in.
struct Outlined {
  func::FuncOp function;
  SmallVector<Value> operands;
};

Outlined outline(const Group &group, ArrayRef<Value> results) {
  // Values with the same bytes come in once, in the first shape that is read.
  llvm::MapVector<Value, Value> incoming;
  SmallVector<Value> views;
  for (Operation *op : group)
    for (Value operand : op->getOperands())
      if (!llvm::is_contained(group, operand.getDefiningOp())) {
        Value first =
            incoming.insert({behindViews(operand), operand}).first->second;
        if (first != operand && !llvm::is_contained(views, operand))
          views.push_back(operand);
      }

  Outlined outlined;
  for (auto &[root, operand] : incoming)
    outlined.operands.push_back(operand);
  MLIRContext *context = group.front()->getContext();
  auto type =
      FunctionType::get(context, ValueRange(outlined.operands).getTypes(),
                        ValueRange(results).getTypes());
  outlined.function =
      func::FuncOp::create(group.front()->getLoc(), "node", type);
  outlined.function.setPrivate();
  outlined.function->setAttr(nodeAttrName, UnitAttr::get(context));
  Block *body = outlined.function.addEntryBlock();
  OpBuilder builder = OpBuilder::atBlockEnd(body);
  IRMapping mapping;
  mapping.map(outlined.operands, body->getArguments());
  for (Value view : views) {
    Value argument = mapping.lookup(incoming[behindViews(view)]);
    mapping.map(
        view, ViewOp::create(builder, view.getLoc(), view.getType(), argument));
  }
  for (Operation *op : group)
    builder.clone(*op, mapping);
  SmallVector<Value> returned;
  for (Value result : results)
    returned.push_back(mapping.lookup(result));
  func::ReturnOp::create(builder, group.back()->getLoc(), returned);
  return outlined;
}

/// Text that is equal for equal functions; locations are not in it.
std::string fingerprint(func::FuncOp function) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  function->print(stream,
                  OpPrintingFlags().printGenericOpForm().useLocalScope());
  return text;
}

StringRef operatorName(Operation *op) { return op->getName().stripDialect(); }

struct OutlineNodes : opml::impl::OutlineNodesBase<OutlineNodes> {
  using OutlineNodesBase::OutlineNodesBase;

  void runOnOperation() override {
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main || !main.getBody().hasOneBlock()) {
      getOperation().emitError(
          "there is no function @main with a body to cut into nodes");
      return signalPassFailure();
    }
    Block &block = main.getBody().front();
    if (singleNode)
      renewReturnedViews(block);
    IRRewriter rewriter(&getContext());
    (void)runRegionDCE(rewriter, main->getRegions());
    for (const Group &group : singleNode ? SmallVector<Group>{wholeGraph(block)}
                                         : cutIntoNodes(block))
      if (!group.empty())
        replaceByCall(main, group);
    // Views that only nodes read are now in them.
    (void)runRegionDCE(rewriter, main->getRegions());
  }

private:
  void replaceByCall(func::FuncOp main, const Group &group) {
    SmallVector<Value> results = resultsOf(group);
    Outlined outlined = outline(group, results);
    StringRef symbol = shareFunction(main, outlined.function, group);
    // At the last operator all operands are there, and no result is used yet.
    OpBuilder builder(group.back());
    SmallVector<Attribute> operators;
    for (Operation *op : group)
      if (isOperator(op))
        operators.push_back(builder.getStringAttr(operatorName(op)));
    auto call = CallOp::create(
        builder, callLocation(group), ValueRange(results).getTypes(), symbol,
        outlined.operands, singleNode ? "graph" : uniqueNodeName(group.front()),
        builder.getArrayAttr(operators));
    for (auto [value, replacement] :
         llvm::zip_equal(results, call.getResults()))
      value.replaceAllUsesWith(replacement);
    for (Operation *op : llvm::reverse(group))
      op->erase();
  }

  /// The symbol of an equal function if there is one, else of this one.
  StringRef shareFunction(func::FuncOp main, func::FuncOp function,
                          const Group &group) {
    auto [found, isNew] = symbols.try_emplace(fingerprint(function));
    if (!isNew) {
      function.erase();
      return found->second;
    }
    std::string name;
    if (singleNode)
      name = "Graph";
    else
      for (Operation *op : group)
        name += (name.empty() ? "" : "_") + operatorName(op).str();
    name += "_" + std::to_string(counts[name]++);
    function.setName(name);
    main->getBlock()->push_back(function);
    found->second = name;
    return found->second;
  }

  /// The anchor's name around that of the value which the last operator makes.
  static Location callLocation(const Group &group) {
    auto anchor = dyn_cast<NameLoc>(group.front()->getLoc());
    auto last = dyn_cast<NameLoc>(group.back()->getLoc());
    if (!anchor || !last)
      return group.front()->getLoc();
    return NameLoc::get(anchor.getName(), last.getChildLoc());
  }

  /// The ONNX node's name, or the operator's where it has none or a used one.
  std::string uniqueNodeName(Operation *anchor) {
    auto named = dyn_cast<NameLoc>(anchor->getLoc());
    std::string base = named && !named.getName().empty()
                           ? named.getName().str()
                           : operatorName(anchor).str();
    std::string name = base;
    for (unsigned i = 1; !nodeNames.insert(name).second; ++i)
      name = base + "_" + std::to_string(i);
    return name;
  }

  llvm::StringMap<std::string> symbols;
  llvm::StringMap<unsigned> counts;
  llvm::StringSet<> nodeNames;
};

} // namespace
