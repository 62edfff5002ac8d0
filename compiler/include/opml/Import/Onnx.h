//===- Onnx.h - ONNX's protobuf messages ------------------------*- C++ -*-===//

#ifndef OPML_IMPORT_ONNX_H
#define OPML_IMPORT_ONNX_H

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused-parameter"
#include <onnx/onnx_pb.h>
#pragma clang diagnostic pop

#endif // OPML_IMPORT_ONNX_H
