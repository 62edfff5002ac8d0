#ifndef OPML_DIALECT_OPERATORS_CONSTANT_TD
#define OPML_DIALECT_OPERATORS_CONSTANT_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ConstantOp : Op<Opml_Dialect, "Constant", [Pure, ConstantLike, AllTypesMatch<["value", "result"]>]>,
    OnnxOperator<[Since<1>, Since<9>, Since<11>, Since<12>, Since<13>, Since<19>, Since<21>,
                  Since<23>, Since<24>, Since<25>]> {
  let summary = "a small integer tensor with its value in the IR";
  let description = [{
    A shape or a list of axes, read by other operators while they are imported
    and folded. `name` is the value's ONNX name, under which `WeightTable` holds
    the same bytes: where the tensor is data, opml-simplify makes it a weight.
    Imported from the ONNX attributes value, value_float, value_floats, value_int and
    value_ints; a tensor that cannot be a shape becomes a weight at once.

        %0 = opml.Constant "shape" dense<[1, 256]> : tensor<2xi64>
  }];
  let arguments = (ins StrAttr:$name, ElementsAttr:$value);
  let results = (outs Opml_Tensor:$result);
  let assemblyFormat = "$name $value attr-dict";
  let hasFolder = 1;
  let limits = ["strings and sparse tensors"];
}

#endif // OPML_DIALECT_OPERATORS_CONSTANT_TD
