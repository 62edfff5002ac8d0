//===- Classes.cpp - C++ without its library ------------------------------===//

#include "Results.h"

namespace {

class Shape {
public:
  virtual double area() const { return 0; }
};
class Square : public Shape {
public:
  explicit Square(double side) : side(side) {}
  double area() const override { return side * side; }

private:
  double side;
};
class Circle : public Shape {
public:
  explicit Circle(double radius) : radius(radius) {}
  double area() const override { return 3.14159265358979 * radius * radius; }

private:
  double radius;
};

template <typename T, unsigned size> class Stack {
public:
  void push(T value) { values[used++] = value; }
  T pop() { return values[--used]; }
  bool isEmpty() const { return used == 0; }

private:
  T values[size];
  unsigned used = 0;
};

template <typename Function> uint32_t sum(uint32_t n, Function function) {
  uint32_t result = 0;
  for (uint32_t i = 0; i < n; ++i)
    result += function(i);
  return result;
}

volatile double three = 3;
Square square(three); // constructed before main
Circle circle(square.area());
Stack<const Shape *, 4> shapes;

} // namespace

extern "C" int main() {
  shapes.push(&square);
  shapes.push(&circle);
  while (!shapes.isEmpty())
    noteDouble(shapes.pop()->area());
  uint32_t factor = nextRandom();
  note(sum(100, [&](uint32_t i) { return i * factor; }));
  int (Stack<int, 3>::*method)() = &Stack<int, 3>::pop;
  Stack<int, 3> numbers;
  numbers.push(11);
  note(uint32_t((numbers.*method)()));
  return exitStatus();
}
