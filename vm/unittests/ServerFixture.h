//===- ServerFixture.h - A server that tests talk to ------------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_SERVERFIXTURE_H
#define OPML_VM_UNITTESTS_SERVERFIXTURE_H

#include "../../runtime/unittests/TempDir.h"
#include "../../runtime/unittests/TestImage.h"
#include "../tools/serve/Server.h"
#include "GuestProgram.h"

namespace opml::vm::serve::test {

/// Serves the test image, whose node 0 runs for ever if it is asked to.
class ServerFixture : public testing::Test {
protected:
  void start(bool endless = false) {
    using namespace vm::test;
    runtime::Manifest manifest = runtime::test::testManifest();
    std::vector<uint8_t> program = runtime::test::testProgram();
    if (endless) {
      Words code{beq(zero, zero, -1), nop};
      code.resize(16, nop); // node 1 enters at word 8
      program = elfFile({codeSegment(code)});
      manifest.nodes[0].stepBits = 48;
    }
    runtime::test::TestWeights weights;
    ASSERT_TRUE(writeImage(dir.file("t.opml"), manifest, program, weights));
    auto image = runtime::Image::open(dir.file("t.opml"));
    ASSERT_TRUE(image) << image.error().message;
    auto makeEngine = [program = image->program()] {
      return Expected<std::unique_ptr<Engine>>(
          createInterpreter(program->code()));
    };
    auto made = runtime::Prover::create(*image,
                                        {{{runtime::ElementType::Int32, {2}},
                                          runtime::test::int32Bytes({1, -2})}},
                                        makeEngine, {});
    ASSERT_TRUE(made) << made.error().message;
    prover.emplace(std::move(*made));
    server.emplace(*prover, [this](std::string_view line) {
      std::lock_guard<std::mutex> lock(mutex);
      lines.emplace_back(line);
      arrived.notify_all();
    });
  }

  void send(std::string_view line) {
    server->receive(line);
    server->receive("\n");
  }

  /// Waits for a line that is not progress and takes it.
  Json receive() {
    std::unique_lock<std::mutex> lock(mutex);
    while (true) {
      arrived.wait(lock, [this] { return !lines.empty(); });
      std::string line = std::move(lines.front());
      lines.erase(lines.begin());
      Json reply = Json::parse(line, nullptr, false);
      EXPECT_TRUE(reply.is_object()) << line;
      if (!reply.contains("progress"))
        return reply;
      ++progressLines;
    }
  }
  Json ask(std::string_view line) {
    send(line);
    return receive();
  }
  /// All lines that have come, once the server has finished.
  std::vector<std::string> finish() {
    server->finish();
    return std::move(lines);
  }

  runtime::test::TempDir dir;
  std::optional<runtime::Prover> prover;
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<std::string> lines;
  size_t progressLines = 0;
  std::optional<Server> server; // goes first
};

} // namespace opml::vm::serve::test

#endif // OPML_VM_UNITTESTS_SERVERFIXTURE_H
