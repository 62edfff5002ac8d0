//===- Table.cpp - The table that a native library exports ----------------===//
//
// The structures of opml/runtime/NativeAbi.h as LLVM constants. Their members
// are all pointers and 64-bit integers, so arrays of these are their layout.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "opml/Passes/Passes.h"
#include "opml/Target/Native.h"
#include "opml/runtime/NativeAbi.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;
using namespace opml::compiler;

namespace {

class TableBuilder {
public:
  explicit TableBuilder(Module &module)
      : module(module), context(module.getContext()),
        pointer(PointerType::get(context, 0)), word(Type::getInt64Ty(context)) {
  }

  void add(mlir::ModuleOp stages, ArrayRef<NodeFunction> functions) {
    std::vector<Constant *> entries;
    for (const NodeFunction &function : functions)
      entries.push_back(describe(stages, function));
    Constant *table = ConstantStruct::getAnon(
        {number(opml::runtime::nativeAbiVersion),
         text("opml-compile " OPML_VERSION),
         module.getOrInsertGlobal(native::modelRootSymbol,
                                  Type::getInt8Ty(context)),
         array(entries), number(entries.size())});
    new GlobalVariable(module, table->getType(), /*isConstant=*/true,
                       GlobalValue::ExternalLinkage, table,
                       opml::runtime::nativeTableSymbol);
  }

private:
  Constant *number(uint64_t value) { return ConstantInt::get(word, value); }

  Constant *hidden(Constant *value) {
    return new GlobalVariable(module, value->getType(), /*isConstant=*/true,
                              GlobalValue::PrivateLinkage, value);
  }
  Constant *text(StringRef value) {
    return hidden(ConstantDataArray::getString(context, value));
  }
  Constant *array(ArrayRef<Constant *> values) {
    Type *type = values.empty() ? word : values.front()->getType();
    return hidden(
        ConstantArray::get(ArrayType::get(type, values.size()), values));
  }

  Constant *describe(mlir::ModuleOp stages, const NodeFunction &function) {
    std::vector<Constant *> stageEntries, bytes;
    // Of each argument, where its buffer stands in the table.
    std::vector<unsigned> positions;
    for (const std::vector<uint64_t> *list :
         {&function.operandBytes, &function.resultBytes}) {
      size_t first = bytes.size();
      positions.resize(first + list->size());
      for (unsigned argument : slotOrder(*list)) {
        positions[first + argument] = bytes.size();
        bytes.push_back(number((*list)[argument]));
      }
    }
    for (uint64_t size : function.scratchBytes) {
      positions.push_back(bytes.size());
      bytes.push_back(number(size));
    }
    for (auto stage : stages.getOps<mlir::LLVM::LLVMFuncOp>()) {
      auto node =
          stage->getAttrOfType<mlir::FlatSymbolRefAttr>(opml::stageOfAttrName);
      if (node.getValue() == function.name)
        stageEntries.push_back(describe(stage, positions));
    }
    return ConstantStruct::getAnon({text(function.name), array(stageEntries),
                                    number(stageEntries.size()), array(bytes),
                                    number(function.operandBytes.size()),
                                    number(function.resultBytes.size()),
                                    number(function.scratchBytes.size())});
  }

  Constant *describe(mlir::LLVM::LLVMFuncOp stage,
                     ArrayRef<unsigned> positions) {
    auto attribute = [&](StringRef name) {
      return number(stage->getAttrOfType<mlir::IntegerAttr>(name)
                        .getValue()
                        .getZExtValue());
    };
    return ConstantStruct::getAnon(
        {entry(*module.getFunction(stage.getName()), positions),
         attribute(opml::iterationsAttrName), attribute(opml::workAttrName)});
  }

  /// void entry(void *const *buffers, begin, end) { stage(*buffers…, begin,
  /// end); }, with the buffers at these positions.
  Constant *entry(Function &stage, ArrayRef<unsigned> positions) {
    auto *type = FunctionType::get(Type::getVoidTy(context),
                                   {pointer, word, word}, false);
    auto *function = Function::Create(type, GlobalValue::InternalLinkage,
                                      stage.getName() + ".entry", module);
    function->addFnAttr(Attribute::NoUnwind);
    IRBuilder<> builder(BasicBlock::Create(context, "", function));
    std::vector<Value *> arguments;
    for (unsigned position : positions) {
      Value *address =
          builder.CreateConstGEP1_64(pointer, function->getArg(0), position);
      arguments.push_back(builder.CreateLoad(pointer, address));
    }
    arguments.push_back(function->getArg(1));
    arguments.push_back(function->getArg(2));
    builder.CreateCall(&stage, arguments);
    builder.CreateRetVoid();
    return function;
  }

  Module &module;
  LLVMContext &context;
  Type *pointer, *word;
};

} // namespace

void native::addTable(Module &module, mlir::ModuleOp stages,
                      ArrayRef<NodeFunction> functions) {
  TableBuilder(module).add(stages, functions);
}
