#ifndef OPML_DIALECT_OPERATORS_CONV_TD
#define OPML_DIALECT_OPERATORS_CONV_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ConvOp : Opml_ComputeOperator<"Conv", [Opml_Anchor], [Since<1>, Since<11>, Since<22>]> {
  let summary = "N-dimensional convolution with groups";
  let description = [{
    X is N x C x spatial, W is M x C/group x kernel, B has M elements. An element of
    Y = N x M x spatial is a chain of fma that starts at its bias (or +0) and runs over (channel,
    kernel position) in row-major order; a padded tap takes part as fma(+0, w, acc).

    C1. X and W have the same rank, at least 3.
    C2. C = group * (second dimension of W), and group divides M.
    C3. kernel_shape, if given, is that of W.
    C4. strides and dilations have one positive number for each spatial dimension.
    C5. pads has a non-negative begin for each spatial dimension, then an end for each;
        it may be given and not all zero only if auto_pad is NOTSET.
    C6. B has shape [M].
    C7. The dilated kernel fits into the padded input.
  }];
  let arguments = (ins Opml_Float32Tensor:$X, Opml_Float32Tensor:$W,
                       Optional<Opml_Float32Tensor>:$B,
                       DefaultValuedAttr<Opml_AutoPadAttr, "\"NOTSET\"">:$auto_pad,
                       OptionalAttr<DenseI64ArrayAttr>:$dilations,
                       DefaultValuedAttr<I64Attr, "1">:$group,
                       OptionalAttr<DenseI64ArrayAttr>:$kernel_shape,
                       OptionalAttr<DenseI64ArrayAttr>:$pads,
                       OptionalAttr<DenseI64ArrayAttr>:$strides);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_CONV_TD
