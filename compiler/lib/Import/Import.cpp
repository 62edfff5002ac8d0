//===- Import.cpp - From an ONNX file to the opml dialect -----------------===//

#include "opml/Import/Import.h"
#include "Importer.h"
#include "ModelFile.h"
#include "mlir/IR/Verifier.h"
#include "opml/Dialect/Opml.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using llvm::createStringError;
using llvm::formatv;

namespace opml::compiler {

static llvm::Error inFile(StringRef path, llvm::Error error) {
  return createStringError(
      (path + ": " + llvm::toString(std::move(error))).str());
}

static llvm::Expected<int64_t> checkModel(const onnx::ModelProto &model) {
  auto opset = opsetVersion(model);
  if (!opset)
    return opset;
  if (*opset < 1 || *opset > newestKnownOpset())
    return createStringError(
        formatv(
            "opset version {0} of ai.onnx is not known; versions 1 to {1} are",
            *opset, newestKnownOpset())
            .str());
  if (llvm::Error failed = checkNames(model.graph()))
    return failed;
  return opset;
}

static llvm::Error refuse(ArrayRef<std::string> reasons) {
  if (reasons.size() == 1)
    return createStringError(reasons.front());
  return createStringError(formatv("{0} things are not supported:\n  {1}",
                                   reasons.size(), llvm::join(reasons, "\n  "))
                               .str());
}

llvm::Expected<ImportedModel> importModel(MLIRContext &context, StringRef path,
                                          const ImportOptions &options) {
  context.loadDialect<OpmlDialect, func::FuncDialect>();
  auto dimensions = DimensionBindings::create(options.dimensions);
  if (!dimensions)
    return dimensions.takeError();
  auto model = readModelFile(path);
  if (!model)
    return model.takeError();
  auto opset = checkModel(**model);
  if (!opset)
    return inFile(path, opset.takeError());

  ImportedModel result;
  OpBuilder builder(&context);
  result.module = ModuleOp::create(
      builder, NameLoc::get(builder.getStringAttr((*model)->graph().name())));
  result.weights.keep(*model);
  builder.setInsertionPointToStart(result.module->getBody());
  Importer importer(builder, **model, path, *opset, result.weights);
  if (llvm::Error failed = importer.run(*dimensions))
    return inFile(path, std::move(failed));
  if (!importer.unsupported().empty())
    return inFile(path, refuse(importer.unsupported()));
  result.warnings = importer.warnings();
  if (failed(verify(*result.module)))
    return createStringError(
        (path + ": the importer made invalid IR (a defect of opml-compile)")
            .str());
  return result;
}

} // namespace opml::compiler
