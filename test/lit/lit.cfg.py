import os
import lit.formats

config.name = "opml"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".td", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.opml_binary_dir, "test", "lit")
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.opml_binary_dir, "bin"), config.llvm_tools_dir, os.environ["PATH"]])
config.environment["OPML_CACHE_DIR"] = ""  # what is tested is compiled by the build at hand
config.substitutions.append(("%isa_dir", os.path.join(config.opml_source_dir, "vm", "isa")))
config.substitutions.append(("%source_dir", config.opml_source_dir))
config.substitutions.append(("%binary_dir", config.opml_binary_dir))
config.substitutions.append(("%models_dir", os.path.join(config.opml_source_dir, "models")))
testdata = os.environ.get("OPML_TESTDATA", os.path.join(config.opml_source_dir, "..", "shared", "testdata"))
if os.path.isdir(testdata):
    config.available_features.add("testdata")
    config.substitutions.append(("%testdata", testdata))
if os.environ.get("OPML_NIGHTLY") == "1":
    config.available_features.add("nightly")
if config.opml_sanitize:
    config.available_features.add("sanitizers")
# ONNX models are written in protobuf text format.
config.substitutions.append(("%onnx_encode", "protoc --encode=onnx.ModelProto -I/usr/include/onnx /usr/include/onnx/onnx.proto"))
config.substitutions.append(("%tensor_encode", "protoc --encode=onnx.TensorProto -I/usr/include/onnx /usr/include/onnx/onnx.proto"))
config.substitutions.append(("%tblgen_includes", "-I%s -I%s" % (
    os.path.join(config.opml_source_dir, "compiler", "include"),
    os.path.join(config.llvm_tools_dir, "..", "include"))))
