//===- Reference.cpp - Correctly rounded functions ------------------------===//
//
// By the C library in binary64, where its result says how the exact one is
// rounded to binary32, else by MPFR (A. Ziv, Fast evaluation of elementary
// mathematical functions with correctly rounded last bit, ACM TOMS 17(3),
// 1991).
//
//===----------------------------------------------------------------------===//

#include "Reference.h"
#include <cmath>
#include <mpfr.h>

namespace opml::functions {

namespace {

using Exact = void (*)(mpfr_ptr result, float x, float y);

float byMpfr(Exact exact, float x, float y) {
  // Subnormal results are rounded when they become a float, so there must be
  // no rounding before: 300 bits decide it.
  mpfr_t result;
  mpfr_init2(result, 300);
  exact(result, x, y);
  float rounded = mpfr_get_flt(result, MPFR_RNDN);
  mpfr_clear(result);
  return rounded;
}

/// `approximation` has an error of at most 2^-48 of itself, more than the C
/// library and three operations have.
float rounded(double approximation, Exact exact, float x, float y) {
  constexpr double margin = 0x1p-48;
  auto low = static_cast<float>(approximation * (1 - margin)),
       high = static_cast<float>(approximation * (1 + margin));
  if (low == high || std::isnan(approximation))
    return low;
  return byMpfr(exact, x, y);
}

template <int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t)>
void exactly(mpfr_ptr result, float x, float) {
  mpfr_set_flt(result, x, MPFR_RNDN);
  function(result, result, MPFR_RNDN);
}

/// |f(x) / x - 1| is less than 2^-26 there.
bool isTiny(float x) { return std::fabs(x) < 0x1p-13F; }

float expRounded(float x, float) {
  if (isTiny(x) && std::fabs(x) < 0x1p-25F)
    return 1;
  return rounded(std::exp(double(x)), exactly<mpfr_exp>, x, 0);
}
float logRounded(float x, float) {
  return rounded(std::log(double(x)), exactly<mpfr_log>, x, 0);
}
float tanhRounded(float x, float) {
  if (isTiny(x))
    return x;
  return rounded(std::tanh(double(x)), exactly<mpfr_tanh>, x, 0);
}
float erfRounded(float x, float) {
  return rounded(std::erf(double(x)), exactly<mpfr_erf>, x, 0);
}
float sinRounded(float x, float) {
  if (isTiny(x))
    return x;
  return rounded(std::sin(double(x)), exactly<mpfr_sin>, x, 0);
}
float cosRounded(float x, float) {
  if (isTiny(x))
    return 1;
  return rounded(std::cos(double(x)), exactly<mpfr_cos>, x, 0);
}
void exactLogistic(mpfr_ptr result, float x, float) {
  mpfr_set_flt(result, -x, MPFR_RNDN);
  mpfr_exp(result, result, MPFR_RNDN);
  mpfr_add_ui(result, result, 1, MPFR_RNDN);
  mpfr_ui_div(result, 1, result, MPFR_RNDN);
}
float logisticRounded(float x, float) {
  return rounded(1 / (1 + std::exp(-double(x))), exactLogistic, x, 0);
}

void exactPower(mpfr_ptr result, float x, float y) {
  mpfr_t exponent;
  mpfr_init2(exponent, 24);
  mpfr_set_flt(exponent, y, MPFR_RNDN);
  mpfr_set_flt(result, x, MPFR_RNDN);
  mpfr_pow(result, result, exponent, MPFR_RNDN);
  mpfr_clear(exponent);
}
float powRounded(float x, float y) {
  return rounded(std::pow(double(x), double(y)), exactPower, x, y);
}

} // namespace

static constexpr Function all[] = {
    {"exp", "%z = math.exp %x : f32", false, expRounded},
    {"log", "%z = math.log %x : f32", false, logRounded},
    {"tanh", "%z = math.tanh %x : f32", false, tanhRounded},
    {"logistic", "%z = opml.logistic %x : f32", false, logisticRounded},
    {"erf", "%z = math.erf %x : f32", false, erfRounded},
    {"sin", "%z = math.sin %x : f32", false, sinRounded},
    {"cos", "%z = math.cos %x : f32", false, cosRounded},
    {"pow", "%z = math.powf %x, %y : f32", true, powRounded},
    {"sqrt", "%z = math.sqrt %x : f32", false,
     [](float x, float) { return std::sqrt(x); }},
    {"ceil", "%z = math.ceil %x : f32", false,
     [](float x, float) { return std::ceil(x); }},
    {"floor", "%z = math.floor %x : f32", false,
     [](float x, float) { return std::floor(x); }},
    {"round", "%z = math.roundeven %x : f32", false,
     [](float x, float) { return std::nearbyint(x); }},
};

llvm::ArrayRef<Function> functions() { return all; }

} // namespace opml::functions
