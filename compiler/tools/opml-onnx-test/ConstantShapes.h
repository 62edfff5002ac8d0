//===- ConstantShapes.h - Cases whose shapes are inputs ---------*- C++ -*-===//

#ifndef OPML_ONNX_TEST_CONSTANTSHAPES_H
#define OPML_ONNX_TEST_CONSTANTSHAPES_H

#include <set>
#include <string>

namespace opml::onnxtest {

/// ONNX's cases of Reshape give the shape as an input, while an image has
/// static shapes. Writes `directory`/model.onnx to `output` with such inputs
/// made initialisers of the values that the first data set gives them. Returns
/// their positions among the inputs; if there are none, writes nothing.
std::set<size_t> makeShapesConstant(const std::string &directory,
                                    const std::string &output);

} // namespace opml::onnxtest

#endif // OPML_ONNX_TEST_CONSTANTSHAPES_H
