#ifndef OPML_DIALECT_OPERATORS_MAXPOOL_TD
#define OPML_DIALECT_OPERATORS_MAXPOOL_TD

include "opml/Dialect/OpmlBase.td"

def Opml_MaxPoolOp : Opml_ComputeOperator<"MaxPool", [Opml_Anchor],
    [Since<1>, Since<8>, Since<10>, Since<11>, Since<12>, Since<22>]> {
  let summary = "maximum over a sliding window";
  let description = [{
    An element of Y is the maximum, by IEEE 754-2019 for float32, of the elements of X in its
    window, started at -infinity (for integers: the least value), which is also what padding
    holds.

    C1. X has at least rank 3, and kernel_shape one number for each spatial dimension.
    C2. kernel_shape, strides and dilations are positive.
    C3. pads as for Conv.
    C4. The dilated kernel fits into the padded input.
    C5. With ceil_mode a window that would start in the padding at the end is left out.
  }];
  let arguments = (ins Opml_PoolTensor:$X,
                       DefaultValuedAttr<Opml_AutoPadAttr, "\"NOTSET\"">:$auto_pad,
                       DefaultValuedAttr<Opml_FlagAttr, "0">:$ceil_mode,
                       OptionalAttr<DenseI64ArrayAttr>:$dilations,
                       DenseI64ArrayAttr:$kernel_shape,
                       OptionalAttr<DenseI64ArrayAttr>:$pads,
                       DefaultValuedAttr<Opml_FlagAttr, "0">:$storage_order,
                       OptionalAttr<DenseI64ArrayAttr>:$strides);
  let results = (outs Opml_PoolTensor:$Y);
  let limits = ["the output Indices"];
}

#endif // OPML_DIALECT_OPERATORS_MAXPOOL_TD
