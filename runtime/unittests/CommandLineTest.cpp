//===- CommandLineTest.cpp - Options and their mistakes -------------------===//

#include "opml/runtime/CommandLine.h"
#include "gtest/gtest.h"

using namespace opml;
using namespace opml::runtime;

namespace {

constexpr Option options[] = {{"--input", "FILE", "an input", true},
                              {"--seed", "S", "a seed"},
                              {"--verify", "", "check"},
                              {"-o", "DIR", "output"}};
constexpr Command command = {"tool", "IMAGE", "Does something.", options};

Expected<Arguments> parse(std::vector<std::string_view> words) {
  return Arguments::parse(command, words);
}

std::string errorOf(std::vector<std::string_view> words) {
  Expected<Arguments> arguments = parse(std::move(words));
  return arguments ? "" : arguments.error().message;
}

TEST(Arguments, TakesBothFormsOfAValue) {
  Expected<Arguments> arguments =
      parse({"--input=a=b", "model", "--input", "c", "-o", "out", "--verify"});
  ASSERT_TRUE(arguments) << arguments.error().message;
  EXPECT_EQ(arguments->positional(0), "model");
  EXPECT_EQ(arguments->all("--input"), std::vector<std::string>({"a=b", "c"}));
  EXPECT_EQ(arguments->value("-o", "."), "out");
  EXPECT_EQ(arguments->value("--seed", "0"), "0");
  EXPECT_TRUE(arguments->has("--verify"));
  EXPECT_FALSE(arguments->has("--seed"));
}

TEST(Arguments, EverythingBehindTwoDashesIsPositional) {
  Expected<Arguments> arguments = parse({"--", "--verify"});
  ASSERT_TRUE(arguments) << arguments.error().message;
  EXPECT_EQ(arguments->positional(0), "--verify");
}

TEST(Arguments, MistakesAreNamed) {
  EXPECT_EQ(errorOf({"--sed", "1"}), "unknown option '--sed'; see tool --help");
  EXPECT_EQ(errorOf({"m", "--seed"}), "'--seed' needs a S; see tool --help");
  EXPECT_EQ(errorOf({"m", "--verify=yes"}),
            "'--verify' takes no value; see tool --help");
  EXPECT_EQ(errorOf({"m", "--seed=1", "--seed=2"}),
            "'--seed' is given twice; see tool --help");
  EXPECT_EQ(errorOf({}), "IMAGE is missing; see tool --help");
  EXPECT_EQ(errorOf({"m", "n"}), "unexpected argument 'n'; see tool --help");
}

TEST(Arguments, NumbersAreDecimalAndBounded) {
  auto number = [](std::string_view text) {
    return parse({"m", "--seed", text})->number("--seed", 1000);
  };
  EXPECT_EQ(**number("0"), 0u);
  EXPECT_EQ(**number("1000"), 1000u);
  for (const char *text : {"1001", "", "-1", "+1", "1x", "0x10", " 1", "1e2",
                           "18446744073709551616"})
    EXPECT_FALSE(number(text)) << text;
  EXPECT_FALSE(parse({"m"})->number("--seed", 1)->has_value());
}

TEST(Arguments, BytesMayHaveAUnit) {
  auto bytes = [](std::string_view text) {
    return parse({"m", "--seed", text})->bytes("--seed");
  };
  EXPECT_EQ(**bytes("0"), 0u);
  EXPECT_EQ(**bytes("65536"), 65536u);
  EXPECT_EQ(**bytes("3K"), 3072u);
  EXPECT_EQ(**bytes("512M"), 536870912u);
  EXPECT_EQ(**bytes("2G"), 2147483648u);
  EXPECT_EQ(**bytes("17179869183G"), 18446744072635809792u);
  for (const char *text :
       {"", "M", "-1", "1m", "1MB", "1.5G", "17179869184G", "1 M", "0x10"})
    EXPECT_FALSE(bytes(text)) << text;
  EXPECT_FALSE(parse({"m"})->bytes("--seed")->has_value());
}

TEST(Help, IsAskedForBeforeTwoDashesOnly) {
  std::string_view before[] = {"m", "--help"}, behind[] = {"--", "--help"};
  EXPECT_TRUE(asksForHelp(before));
  EXPECT_FALSE(asksForHelp(behind));
}

TEST(Printable, ControlCharactersCannotReachTheTerminal) {
  EXPECT_EQ(printable("a\x1b[2J\nb\x7f"), "a?[2J?b?");
  EXPECT_EQ(printable("größe"), "größe");
  EXPECT_EQ(printable("\xc2\x9b"), "?"); // CSI as one character
}

} // namespace
