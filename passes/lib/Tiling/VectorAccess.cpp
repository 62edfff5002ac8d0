//===- VectorAccess.cpp - Vectors of elements from and to buffers ---------===//

#include "VectorAccess.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using opml::Access;
using opml::VectorPlace;

Value opml::splat(OpBuilder &builder, Location loc, Value scalar,
                  int64_t lanes) {
  auto type = VectorType::get(lanes, scalar.getType());
  Attribute constant;
  if (matchPattern(scalar, m_Constant(&constant)))
    return arith::ConstantOp::create(builder, loc,
                                     DenseElementsAttr::get(type, constant));
  return vector::BroadcastOp::create(builder, loc, type, scalar);
}

static Value zeros(OpBuilder &builder, Location loc, VectorType type) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
}

static Value firstLanes(OpBuilder &builder, Location loc,
                        const VectorPlace &place) {
  auto type = VectorType::get(place.lanes, builder.getI1Type());
  return vector::ConstantMaskOp::create(builder, loc, type, place.active);
}

static Value readScalar(OpBuilder &builder, Location loc, const Access &access,
                        const opml::LoopPoint &point) {
  return memref::LoadOp::create(builder, loc, access.buffer(),
                                access.indices(builder, loc, point));
}

static Value readNeighbours(OpBuilder &builder, Location loc,
                            const Access &access, const VectorPlace &place) {
  auto type = VectorType::get(place.lanes, access.element());
  SmallVector<Value> indices = access.indices(builder, loc, place.point);
  // Behind the last column, panels have zeros.
  if (place.active == place.lanes || access.isInPanels(place.loop))
    return vector::LoadOp::create(builder, loc, type, access.buffer(), indices);
  return vector::MaskedLoadOp::create(builder, loc, type, access.buffer(),
                                      indices, firstLanes(builder, loc, place),
                                      zeros(builder, loc, type));
}

/// Every `stride`th element, out of as many loads of neighbours. The last one
/// ends at the last element, for there may be nothing behind it.
static Value readStrided(OpBuilder &builder, Location loc, const Access &access,
                         const VectorPlace &place, int64_t stride) {
  int64_t lanes = place.lanes, last = (lanes - 1) * (stride - 1);
  auto type = VectorType::get(lanes, access.element());
  // The buffer's last dimension is the contiguous one.
  SmallVector<Value> indices = access.indices(builder, loc, place.point);
  auto part = [&](int64_t begin) {
    SmallVector<Value> moved(indices);
    Value offset = arith::ConstantIndexOp::create(builder, loc, begin);
    moved.back() = arith::AddIOp::create(builder, loc, moved.back(), offset);
    return vector::LoadOp::create(builder, loc, type, access.buffer(), moved);
  };
  Value result = part(0);
  for (int64_t i = 1; i < stride; ++i) {
    int64_t begin = std::min(i * lanes, last);
    SmallVector<int64_t> picks;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      int64_t place = lane * stride;
      if (place < i * lanes)
        picks.push_back(i == 1 ? place : lane);
      else
        picks.push_back(lanes + std::min(place - begin, lanes - 1));
    }
    result =
        vector::ShuffleOp::create(builder, loc, result, part(begin), picks);
  }
  return result;
}

static Value gather(OpBuilder &builder, Location loc, const Access &access,
                    VectorPlace place) {
  Value result =
      zeros(builder, loc, VectorType::get(place.lanes, access.element()));
  for (int64_t lane = 0; lane < place.active; ++lane) {
    result = vector::InsertOp::create(
        builder, loc, readScalar(builder, loc, access, place.point), result,
        lane);
    ++place.point.offsets[place.loop];
  }
  return result;
}

Value opml::readVector(OpBuilder &builder, Location loc, const Access &access,
                       const VectorPlace &place) {
  if (!access.dependsOn(place.loop))
    return splat(builder, loc, readScalar(builder, loc, access, place.point),
                 place.lanes);
  int64_t stride = access.stride(place.loop);
  if (stride == 1)
    return readNeighbours(builder, loc, access, place);
  constexpr int64_t largestStride = 4;
  bool alongLastDimension = llvm::all_of(
      access.indexingMap().getResults().drop_back(),
      [&](AffineExpr index) { return !index.isFunctionOfDim(place.loop); });
  if (stride > 1 && stride <= largestStride && alongLastDimension &&
      place.active == place.lanes)
    return readStrided(builder, loc, access, place, stride);
  return gather(builder, loc, access, place);
}

void opml::writeVector(OpBuilder &builder, Location loc, const Access &access,
                       const VectorPlace &place, Value vector) {
  SmallVector<Value> indices = access.indices(builder, loc, place.point);
  if (place.active == place.lanes)
    vector::StoreOp::create(builder, loc, vector, access.buffer(), indices);
  else
    vector::MaskedStoreOp::create(builder, loc, access.buffer(), indices,
                                  firstLanes(builder, loc, place), vector);
}
