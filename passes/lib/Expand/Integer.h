//===- Integer.h - Integer expressions that become arith ops ----*- C++ -*-===//
//
// In these terms the expansions of floating-point functions are written. An
// operator builds one operation, modulo 2^n; nothing is folded while building.
// Shift amounts are constants, or masked by the one who shifts.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_PASSES_LIB_EXPAND_INTEGER_H
#define OPML_PASSES_LIB_EXPAND_INTEGER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace opml::expand {

/// What operations are built with.
struct Site {
  mlir::OpBuilder &builder;
  mlir::Location loc;
};

/// A truth value.
class Bool {
public:
  Bool(const Site &site, mlir::Value value) : site(&site), value(value) {}
  mlir::Value get() const { return value; }

  friend Bool operator&(Bool a, Bool b) {
    return a.make<mlir::arith::AndIOp>(b);
  }
  friend Bool operator|(Bool a, Bool b) {
    return a.make<mlir::arith::OrIOp>(b);
  }
  friend Bool operator^(Bool a, Bool b) {
    return a.make<mlir::arith::XOrIOp>(b);
  }

private:
  template <typename Op> Bool make(Bool other) const {
    return {*site, Op::create(site->builder, site->loc, value, other.value)};
  }

  const Site *site;
  mlir::Value value;
};

/// An integer of 32 or 64 bits.
class Int {
public:
  Int(const Site &site, mlir::Value value) : site(&site), value(value) {}
  mlir::Value get() const { return value; }

  /// A constant of this integer's type.
  Int constant(uint64_t bits) const;

  friend Int operator+(Int a, Int b) { return a.make<mlir::arith::AddIOp>(b); }
  friend Int operator-(Int a, Int b) { return a.make<mlir::arith::SubIOp>(b); }
  friend Int operator*(Int a, Int b) { return a.make<mlir::arith::MulIOp>(b); }
  friend Int operator&(Int a, Int b) { return a.make<mlir::arith::AndIOp>(b); }
  friend Int operator|(Int a, Int b) { return a.make<mlir::arith::OrIOp>(b); }
  friend Int operator^(Int a, Int b) { return a.make<mlir::arith::XOrIOp>(b); }
  /// By a variable amount modulo the width.
  friend Int operator<<(Int a, Int b) {
    return a.make<mlir::arith::ShLIOp>(a.masked(b));
  }
  /// Logical.
  friend Int operator>>(Int a, Int b) {
    return a.make<mlir::arith::ShRUIOp>(a.masked(b));
  }

  friend Int operator+(Int a, uint64_t b) { return a + a.constant(b); }
  friend Int operator-(Int a, uint64_t b) { return a - a.constant(b); }
  friend Int operator-(uint64_t a, Int b) { return b.constant(a) - b; }
  friend Int operator*(Int a, uint64_t b) { return a * a.constant(b); }
  friend Int operator&(Int a, uint64_t b) { return a & a.constant(b); }
  friend Int operator|(Int a, uint64_t b) { return a | a.constant(b); }
  friend Int operator^(Int a, uint64_t b) { return a ^ a.constant(b); }
  friend Int operator<<(Int a, uint64_t b) {
    return a.make<mlir::arith::ShLIOp>(a.constant(b));
  }
  friend Int operator>>(Int a, uint64_t b) {
    return a.make<mlir::arith::ShRUIOp>(a.constant(b));
  }

  friend Int operator~(Int a) { return a ^ ~uint64_t(0); }

  /// Arithmetic shift to the right.
  Int sar(uint64_t amount) const {
    return make<mlir::arith::ShRSIOp>(constant(amount));
  }

  Bool is(mlir::arith::CmpIPredicate predicate, Int other) const;
  Bool is(mlir::arith::CmpIPredicate predicate, uint64_t other) const {
    return is(predicate, constant(other));
  }
  friend Bool operator==(Int a, Int b) {
    return a.is(mlir::arith::CmpIPredicate::eq, b);
  }
  friend Bool operator==(Int a, uint64_t b) { return a == a.constant(b); }
  /// Signed and unsigned comparison.
  friend Bool less(Int a, Int b) {
    return a.is(mlir::arith::CmpIPredicate::slt, b);
  }
  friend Bool below(Int a, Int b) {
    return a.is(mlir::arith::CmpIPredicate::ult, b);
  }
  friend Bool less(Int a, uint64_t b) { return less(a, a.constant(b)); }
  friend Bool below(Int a, uint64_t b) { return below(a, a.constant(b)); }
  friend Bool above(Int a, uint64_t b) {
    return a.is(mlir::arith::CmpIPredicate::ugt, b);
  }

  friend Int select(Bool condition, Int yes, Int no);
  friend Int select(Bool condition, uint64_t yes, Int no) {
    return select(condition, no.constant(yes), no);
  }
  friend Int select(Bool condition, Int yes, uint64_t no) {
    return select(condition, yes, yes.constant(no));
  }
  friend Int maxSigned(Int a, uint64_t b) {
    return a.make<mlir::arith::MaxSIOp>(a.constant(b));
  }
  friend Int minSigned(Int a, uint64_t b) {
    return a.make<mlir::arith::MinSIOp>(a.constant(b));
  }
  friend Int minUnsigned(Int a, uint64_t b) {
    return a.make<mlir::arith::MinUIOp>(a.constant(b));
  }

  /// The upper half of the product of two 32-bit integers.
  friend Int multiplyHigh(Int a, Int b);
  friend Int multiplyHigh(Int a, uint64_t b) {
    return multiplyHigh(a, a.constant(b));
  }
  friend Int multiplyHighSigned(Int a, Int b);

  /// Both halves: the product of two 32-bit integers in 64 bits.
  friend Int multiplyWide(Int a, Int b) {
    return a.zeroExtended() * b.zeroExtended();
  }

  Int zeroExtended() const; // to 64 bits
  Int signExtended() const; // to 64 bits
  Int low() const;          // the low 32 bits of 64
  Int high() const;         // the high 32 bits of 64
  /// The number of zero bits above the most significant one; 32 for zero.
  Int leadingZeros() const;

private:
  template <typename Op> Int make(Int other) const {
    return {*site, Op::create(site->builder, site->loc, value, other.value)};
  }

  Int masked(Int amount) const;

  const Site *site;
  mlir::Value value;
};

} // namespace opml::expand

#endif // OPML_PASSES_LIB_EXPAND_INTEGER_H
