#ifndef OPML_DIALECT_OPERATORS_CONVINTEGER_TD
#define OPML_DIALECT_OPERATORS_CONVINTEGER_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ConvIntegerOp : Opml_ComputeOperator<"ConvInteger", [Opml_Anchor, AttrSizedOperandSegments],
                                              [Since<10>]> {
  let summary = "N-dimensional convolution of quantised tensors";
  let description = [{
    As Conv without B, of (x - x_zero_point) and (w - w_zero_point), in int32 and modulo 2^32. A
    padded tap adds nothing. A zero point that is not given is 0.

    C1 to C5 and C7 are those of Conv.
    C8. x_zero_point has the element type of x and is one number.
    C9. w_zero_point has the element type of w and is one number, or a vector of one for each
        output channel.
  }];
  let arguments = (ins Opml_QuantisedTensor:$x, Opml_QuantisedTensor:$w,
                       Optional<Opml_QuantisedTensor>:$x_zero_point,
                       Optional<Opml_QuantisedTensor>:$w_zero_point,
                       DefaultValuedAttr<Opml_AutoPadAttr, "\"NOTSET\"">:$auto_pad,
                       OptionalAttr<DenseI64ArrayAttr>:$dilations,
                       DefaultValuedAttr<I64Attr, "1">:$group,
                       OptionalAttr<DenseI64ArrayAttr>:$kernel_shape,
                       OptionalAttr<DenseI64ArrayAttr>:$pads,
                       OptionalAttr<DenseI64ArrayAttr>:$strides);
  let results = (outs Opml_Int32Tensor:$y);
}

#endif // OPML_DIALECT_OPERATORS_CONVINTEGER_TD
