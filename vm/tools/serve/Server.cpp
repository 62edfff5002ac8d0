//===- Server.cpp - Requests in, answers out ------------------------------===//

#include "Server.h"
#include "Answer.h"
#include <algorithm>
#include <chrono>

using namespace opml;
using namespace opml::vm;
using namespace opml::vm::serve;

/// Questions about one node wait for each other: with some more threads than
/// cores, those about others do not wait with them.
static constexpr unsigned threadCount = 8;
static constexpr std::chrono::milliseconds progressInterval(500);

Server::Server(runtime::Prover &prover, Output output)
    : prover(prover), output(std::move(output)), threads(threadCount) {
  for (std::thread &thread : threads)
    thread = std::thread([this] { work(); });
}

Server::~Server() { finish(); }

//===- Output -------------------------------------------------------------===//

void Server::send(const Json &id, const char *key, Json value) {
  Json line = {{"id", id}, {key, std::move(value)}};
  std::string text =
      line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  std::lock_guard<std::mutex> lock(outputMutex);
  output(text);
}

void Server::sendError(const Json &id, const std::string &message) {
  send(id, "error", message);
}

//===- Input --------------------------------------------------------------===//

void Server::receive(std::string_view bytes) {
  while (!bytes.empty()) {
    size_t end = std::min(bytes.find('\n'), bytes.size());
    bool ends = end != bytes.size();
    isTooLong |= partial.size() + end > maxLineBytes;
    if (!isTooLong)
      partial += bytes.substr(0, end);
    bytes.remove_prefix(end + ends);
    if (!ends)
      return;
    if (isTooLong)
      sendError(nullptr, "the line is longer than " +
                             std::to_string(maxLineBytes) + " bytes");
    else
      receiveLine(partial);
    partial.clear();
    isTooLong = false;
  }
}

void Server::receiveLine(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos)
    return;
  tl::expected<Request, Malformed> request = parseRequest(line);
  const Json &id = request ? request->id : request.error().id;
  // Under its id, an answer would look like that to the other request.
  bool isTaken = isInFlight(id);
  if (!request)
    sendError(isTaken ? Json() : id, request.error().message);
  else if (isTaken)
    sendError(nullptr, "a request with id " + id.dump() + " is in flight");
  else if (request->operation == Operation::Cancel)
    cancel(*request);
  else
    accept(std::move(*request));
}

bool Server::isInFlight(const Json &id) {
  std::lock_guard<std::mutex> lock(mutex);
  return inFlight.contains(id.dump());
}

void Server::accept(Request request) {
  Json id = request.id;
  bool isOneTooMany = false;
  {
    std::lock_guard<std::mutex> lock(mutex);
    isOneTooMany = inFlight.size() >= maxInFlight;
    if (!isOneTooMany)
      waiting.push_back(inFlight[id.dump()] =
                            std::make_shared<Job>(std::move(request)));
  }
  if (isOneTooMany)
    return sendError(id, std::to_string(maxInFlight) + " others are in flight");
  changed.notify_one();
}

void Server::cancel(const Request &request) {
  std::shared_ptr<Job> unbegun;
  bool found = false;
  {
    std::lock_guard<std::mutex> lock(mutex);
    auto job = inFlight.find(request.cancelled.dump());
    if (job != inFlight.end()) {
      found = true;
      job->second->cancel = true;
      auto place = std::ranges::find(waiting, job->second);
      if (place != waiting.end()) {
        unbegun = job->second;
        waiting.erase(place);
        inFlight.erase(job);
      }
    }
  }
  if (unbegun)
    sendError(unbegun->request.id, cancelledError().value().message);
  send(request.id, "result", {{"cancelled", found}});
}

void Server::finish() {
  if (threads.empty())
    return;
  if (!partial.empty() || isTooLong)
    sendError(nullptr, "the input ends within a line");
  {
    std::lock_guard<std::mutex> lock(mutex);
    finished = true;
    for (const auto &[key, job] : inFlight)
      job->cancel = true;
  }
  changed.notify_all();
  for (std::thread &thread : threads)
    thread.join();
  threads.clear();
}

//===- Answering ----------------------------------------------------------===//

void Server::work() {
  std::unique_lock<std::mutex> lock(mutex);
  while (true) {
    changed.wait(lock, [this] { return finished || !waiting.empty(); });
    if (waiting.empty())
      return;
    std::shared_ptr<Job> job = std::move(waiting.front());
    waiting.pop_front();
    lock.unlock();
    answer(*job);
    lock.lock();
  }
}

void Server::answer(Job &job) {
  const Json &id = job.request.id;
  auto lastReport = std::chrono::steady_clock::now();
  auto report = [&](const runtime::ProverProgress &progress) {
    auto now = std::chrono::steady_clock::now();
    if (now - lastReport < progressInterval)
      return;
    lastReport = now;
    if (progress.nodes != 0)
      send(id, "progress",
           {{"nodes", progress.nodesDone},
            {"of", progress.nodes},
            {"steps", progress.steps}});
    else
      send(id, "progress",
           {{"steps", progress.steps}, {"of", progress.atMostSteps}});
  };
  Expected<Json> result =
      job.cancel ? cancelledError()
                 : serve::answer(prover, job.request, {&job.cancel, report});
  {
    // The id is free before the answer is seen.
    std::lock_guard<std::mutex> lock(mutex);
    inFlight.erase(id.dump());
  }
  if (result)
    send(id, "result", std::move(*result));
  else
    sendError(id, result.error().message);
}
