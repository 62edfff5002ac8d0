"""usage: resize.py MODEL.onnx SIDE OUT.onnx

super_resolution_10 for images of SIDE x SIDE instead of 224 x 224: its declared dimensions and the shapes that it
reshapes to are rewritten."""

import sys

import numpy as np
import onnx
from onnx import numpy_helper

OLD, SCALE = 224, 3


def main(path, side, out):
    model = onnx.load(path)
    sizes = {OLD: int(side), SCALE * OLD: SCALE * int(side)}
    for value in [*model.graph.input, *model.graph.value_info, *model.graph.output]:
        for dimension in value.type.tensor_type.shape.dim:
            if dimension.dim_value in sizes:
                dimension.dim_value = sizes[dimension.dim_value]
    for node in model.graph.node:
        if node.op_type == "Constant":
            (attribute,) = node.attribute
            shape = [sizes.get(size, size) for size in numpy_helper.to_array(attribute.t).tolist()]
            attribute.t.CopyFrom(numpy_helper.from_array(np.array(shape, np.int64)))
    onnx.checker.check_model(model)
    onnx.save(model, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
