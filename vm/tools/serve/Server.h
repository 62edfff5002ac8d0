//===- Server.h - Requests in, answers out ----------------------*- C++ -*-===//
//
// Lines of JSON as docs/serve.md describes them. Requests are answered by
// several threads; what is malformed is answered at once.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_TOOLS_SERVE_SERVER_H
#define OPML_VM_TOOLS_SERVE_SERVER_H

#include "Request.h"
#include "opml/runtime/Prover.h"
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace opml::vm::serve {

class Server {
public:
  /// Called with one line, its end included, by one thread at a time.
  using Output = std::function<void(std::string_view line)>;

  Server(runtime::Prover &prover, Output output);
  /// As finish().
  ~Server();
  Server(const Server &) = delete;
  Server &operator=(const Server &) = delete;

  /// Takes input in portions of any size.
  void receive(std::string_view bytes);
  /// The end of input: gives up what is in flight and waits until it has been
  /// answered so.
  void finish();

  static constexpr size_t maxInFlight = 1024;

private:
  struct Job {
    Request request;
    std::atomic<bool> cancel = false;
  };

  void receiveLine(std::string_view line);
  bool isInFlight(const Json &id);
  void accept(Request request);
  void cancel(const Request &request);
  void work();
  void answer(Job &job);
  void send(const Json &id, const char *key, Json value);
  void sendError(const Json &id, const std::string &message);

  runtime::Prover &prover;
  Output output;
  std::mutex outputMutex;

  std::string partial;    // the line that has not ended yet
  bool isTooLong = false; // and is not kept

  std::mutex mutex; // of what follows
  std::condition_variable changed;
  std::map<std::string, std::shared_ptr<Job>> inFlight; // by id
  std::deque<std::shared_ptr<Job>> waiting;
  bool finished = false;
  std::vector<std::thread> threads;
};

} // namespace opml::vm::serve

#endif // OPML_VM_TOOLS_SERVE_SERVER_H
