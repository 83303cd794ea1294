/* Online gradient descent on XOR with the sizes fixed: a 2-2-1 network of
 * sigmoids, half the squared error, f64. The program trains for as many epochs
 * as its argument says and prints the seconds they took, the loss after them,
 * and the output weights, so that nothing can be left out by the compiler. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double sigmoid(double z) { return 1.0 / (1.0 + exp(-z)); }

int main(int argc, char **argv) {
    const long epochs = argc > 1 ? atol(argv[1]) : 1000;
    const double rate = 0.5;
    const double x[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    const double y[4] = {0, 1, 1, 0};
    double w[2][2] = {{-0.07, 0.94}, {0.22, 0.46}}, b[2] = {-0.46, 0.10};
    double u[2] = {-0.22, 0.58}, c = 0.78;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long epoch = 0; epoch < epochs; epoch++) {
        for (int s = 0; s < 4; s++) {
            double h[2], back[2];
            for (int k = 0; k < 2; k++)
                h[k] = sigmoid(x[s][0] * w[0][k] + x[s][1] * w[1][k] + b[k]);
            double f = sigmoid(h[0] * u[0] + h[1] * u[1] + c);
            double signal = (f - y[s]) * f * (1.0 - f);
            for (int k = 0; k < 2; k++) {
                back[k] = signal * u[k] * h[k] * (1.0 - h[k]);
                u[k] -= rate * signal * h[k];
            }
            c -= rate * signal;
            for (int k = 0; k < 2; k++) {
                w[0][k] -= rate * back[k] * x[s][0];
                w[1][k] -= rate * back[k] * x[s][1];
                b[k] -= rate * back[k];
            }
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double loss = 0.0;
    for (int s = 0; s < 4; s++) {
        double h0 = sigmoid(x[s][0] * w[0][0] + x[s][1] * w[1][0] + b[0]);
        double h1 = sigmoid(x[s][0] * w[0][1] + x[s][1] * w[1][1] + b[1]);
        double f = sigmoid(h0 * u[0] + h1 * u[1] + c);
        loss += 0.5 * (y[s] - f) * (y[s] - f);
    }
    printf("%.9f %.17g %.17g %.17g\n", (end.tv_sec - start.tv_sec) + 1e-9 * (end.tv_nsec - start.tv_nsec),
           loss / 4.0, u[0], u[1]);
    return 0;
}
