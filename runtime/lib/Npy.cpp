//===- Npy.cpp - NumPy's tensor files -------------------------------------===//
//
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html:
// magic, version, header length, and a Python dictionary literal with the keys
// descr, fortran_order and shape.
//
//===----------------------------------------------------------------------===//

#include "TensorFiles.h"
#include <algorithm>
#include <charconv>
#include <cstring>

using namespace opml;
using namespace opml::runtime;

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr size_t headerAlignment = 64;

struct Descr {
  std::string_view text;
  ElementType type;
};
constexpr Descr descrs[] = {
    {"|b1", ElementType::Bool},     {"|i1", ElementType::Int8},
    {"|u1", ElementType::UInt8},    {"<i2", ElementType::Int16},
    {"<u2", ElementType::UInt16},   {"<i4", ElementType::Int32},
    {"<u4", ElementType::UInt32},   {"<i8", ElementType::Int64},
    {"<u8", ElementType::UInt64},   {"<f2", ElementType::Float16},
    {"|V2", ElementType::BFloat16}, {"<f4", ElementType::Float32},
    {"<f8", ElementType::Float64}};

/// The part of Python's literal syntax that NumPy writes. Every function skips
/// leading blanks and returns false, or nothing, if the text is not that.
class LiteralParser {
public:
  explicit LiteralParser(std::string_view text) : rest(text) {}

  bool symbol(char c) {
    skipBlanks();
    if (rest.empty() || rest[0] != c)
      return false;
    rest.remove_prefix(1);
    return true;
  }

  bool word(std::string_view expected) {
    skipBlanks();
    if (!rest.starts_with(expected))
      return false;
    rest.remove_prefix(expected.size());
    return true;
  }

  bool string(std::string_view &out) {
    skipBlanks();
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"'))
      return false;
    size_t end = rest.find(rest[0], 1);
    if (end == std::string_view::npos)
      return false;
    out = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    return true;
  }

  bool tuple(std::vector<int64_t> &out) {
    if (!symbol('('))
      return false;
    while (!symbol(')')) {
      int64_t dim;
      skipBlanks();
      auto [end, error] =
          std::from_chars(rest.data(), rest.data() + rest.size(), dim);
      if (error != std::errc())
        return false;
      out.push_back(dim);
      rest.remove_prefix(size_t(end - rest.data()));
      if (!symbol(',') && (rest.empty() || rest[0] != ')'))
        return false;
    }
    return true;
  }

  bool atEnd() {
    skipBlanks();
    return rest.empty();
  }

private:
  void skipBlanks() {
    rest.remove_prefix(
        std::min(rest.find_first_not_of(" \t\n\r"), rest.size()));
  }
  std::string_view rest;
};

struct Header {
  std::string_view descr;
  bool fortranOrder = false;
  std::vector<int64_t> shape;
};

bool parseHeader(std::string_view text, Header &header) {
  LiteralParser parser(text);
  bool descr = false, order = false, shape = false;
  if (!parser.symbol('{'))
    return false;
  while (!parser.symbol('}')) {
    std::string_view key;
    if (!parser.string(key) || !parser.symbol(':'))
      return false;
    if (key == "descr" && !descr) {
      descr = parser.string(header.descr);
    } else if (key == "fortran_order" && !order) {
      header.fortranOrder = parser.word("True");
      order = header.fortranOrder || parser.word("False");
    } else if (key == "shape" && !shape) {
      shape = parser.tuple(header.shape);
    } else {
      return false;
    }
    parser.symbol(',');
  }
  return descr && order && shape && parser.atEnd();
}

Expected<ElementType> elementTypeOf(std::string_view descr) {
  for (const Descr &known : descrs)
    if (known.text == descr)
      return known.type;
  if (descr.starts_with('>'))
    return makeError("big-endian data ('" + std::string(descr) +
                     "'); save it as little-endian, e.g. with .astype('<" +
                     std::string(descr.substr(1)) + "')");
  return makeError("element type '" + std::string(descr) +
                   "' is not one that a model can take");
}

/// Fortran order is the same bytes if at most one dimension exceeds 1.
bool orderMatters(const std::vector<int64_t> &shape) {
  return std::ranges::count_if(shape, [](int64_t dim) { return dim > 1; }) > 1;
}

/// Splits the file into its header's text and the data behind it.
Expected<std::string_view> splitHeader(std::span<const uint8_t> &file) {
  std::string_view text(reinterpret_cast<const char *>(file.data()),
                        file.size());
  if (!text.starts_with(magic) || text.size() < 10)
    return makeError("not a .npy file");
  unsigned major = file[6];
  if (major < 1 || major > 3)
    return makeError("version " + std::to_string(major) +
                     " of the .npy format is not supported (1 to 3 are)");
  // The header's length is 16-bit in version 1 and 32-bit from version 2.
  size_t prefix = major == 1 ? 10 : 12;
  if (text.size() < prefix)
    return makeError("truncated in the header");
  size_t length = file[8] | size_t(file[9]) << 8;
  if (major > 1)
    length |= size_t(file[10]) << 16 | size_t(file[11]) << 24;
  if (length > text.size() - prefix)
    return makeError("truncated in the header");
  file = file.subspan(prefix + length);
  return text.substr(prefix, length);
}

} // namespace

Expected<Tensor> opml::runtime::readNpy(std::span<const uint8_t> file) {
  Expected<std::string_view> text = splitHeader(file);
  if (!text)
    return tl::unexpected(text.error());
  Header header;
  if (!parseHeader(*text, header))
    return makeError("malformed .npy header");
  Expected<ElementType> elementType = elementTypeOf(header.descr);
  if (!elementType)
    return tl::unexpected(elementType.error());
  Tensor tensor{{*elementType, std::move(header.shape)}, {}};
  if (!tensor.type.isValid())
    return makeError("impossible shape " + tensor.type.str());
  if (header.fortranOrder && orderMatters(tensor.type.shape))
    return makeError("data in Fortran order; save it with "
                     "numpy.ascontiguousarray");
  if (file.size() != tensor.type.bytes())
    return makeError(std::to_string(file.size()) + " bytes of data where " +
                     tensor.type.str() + " needs " +
                     std::to_string(tensor.type.bytes()));
  tensor.bytes.assign(file.begin(), file.end());
  return tensor;
}

std::string opml::runtime::npyHeader(const TensorType &type) {
  auto *descr = std::ranges::find(descrs, type.elementType, &Descr::type);
  std::string text = "{'descr': '" + std::string(descr->text) +
                     "', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < type.shape.size(); ++i)
    text += (i ? ", " : "") + std::to_string(type.shape[i]);
  text += type.shape.size() == 1 ? ",), }" : "), }";
  // Padded with blanks and a newline, so that the data is aligned.
  size_t prefix = magic.size() + 4;
  size_t padded = (prefix + text.size() + 1 + headerAlignment - 1) /
                  headerAlignment * headerAlignment;
  text.resize(padded - prefix - 1, ' ');
  text += '\n';
  std::string header(magic);
  header += {'\x01', '\x00', char(text.size() & 0xff), char(text.size() >> 8)};
  return header + text;
}
