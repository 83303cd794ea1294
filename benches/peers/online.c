/* Online gradient descent of a small network with its sizes fixed when this is
 * compiled: -DN0=2 -DN1=5 -DN2=1, and -DN3=1 for a second hidden layer. Sigmoids
 * and half the squared error; with -DSOFTMAX softmax outputs and the
 * cross-entropy. f64. The weights and the samples are the same as in the benchmark.
 * The program trains for as many epochs over its samples as its argument says and
 * prints the seconds they took and the first output at the first sample, so that
 * nothing can be left out by the compiler. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SAMPLES 16
#ifdef N3
#define NH N2
#define NO N3
#else
#define NH N1
#define NO N2
#endif

static uint64_t seed = 1;
static double next(void) {
    seed = seed * 6364136223846793005u + 1;
    return (double)(seed >> 33) / 2147483648.0 - 0.5;
}
static double sigmoid(double z) { return 1.0 / (1.0 + exp(-z)); }

static double w1[N0][N1], b1[N1];
#ifdef N3
static double w2[N1][N2], b2[N2];
#endif
static double u[NH][NO], c[NO];
static double x[SAMPLES][N0], y[SAMPLES][NO];

static inline void out(const double *z, double *f) {
#ifdef SOFTMAX
    double most = z[0], all = 0.0;
    for (int o = 1; o < NO; o++) most = z[o] > most ? z[o] : most;
    for (int o = 0; o < NO; o++) all += f[o] = exp(z[o] - most);
    for (int o = 0; o < NO; o++) f[o] /= all;
#else
    for (int o = 0; o < NO; o++) f[o] = sigmoid(z[o]);
#endif
}

static inline void forward(int s, double *h1, double *h2, double *f) {
    double z[NO];
    for (int k = 0; k < N1; k++) {
        double sum = b1[k];
        for (int i = 0; i < N0; i++) sum += x[s][i] * w1[i][k];
        h1[k] = sigmoid(sum);
    }
    const double *h = h1;
#ifdef N3
    for (int k = 0; k < N2; k++) {
        double sum = b2[k];
        for (int i = 0; i < N1; i++) sum += h1[i] * w2[i][k];
        h2[k] = sigmoid(sum);
    }
    h = h2;
#endif
    for (int o = 0; o < NO; o++) {
        z[o] = c[o];
        for (int k = 0; k < NH; k++) z[o] += h[k] * u[k][o];
    }
    out(z, f);
}

int main(int argc, char **argv) {
    const long epochs = argc > 1 ? atol(argv[1]) : 1000;
    const double rate = 0.1;
    for (int i = 0; i < N0; i++) for (int k = 0; k < N1; k++) w1[i][k] = next();
#ifdef N3
    for (int i = 0; i < N1; i++) for (int k = 0; k < N2; k++) w2[i][k] = next();
#endif
    for (int k = 0; k < NH; k++) for (int o = 0; o < NO; o++) u[k][o] = next();
    for (int s = 0; s < SAMPLES; s++) {
        for (int i = 0; i < N0; i++) x[s][i] = ((s * 31 + i * 17) % 97) / 97.0;
        for (int o = 0; o < NO; o++) y[s][o] = s % (NO + 1) == o;
    }
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long epoch = 0; epoch < epochs; epoch++) {
        for (int s = 0; s < SAMPLES; s++) {
            double h1[N1], h2[NH], f[NO], signal[NO], back[NH];
            forward(s, h1, h2, f);
#ifdef SOFTMAX
            double all = 0.0;
            for (int o = 0; o < NO; o++) all += y[s][o];
            for (int o = 0; o < NO; o++) signal[o] = all * f[o] - y[s][o];
#else
            for (int o = 0; o < NO; o++) signal[o] = (f[o] - y[s][o]) * f[o] * (1.0 - f[o]);
#endif
#ifdef N3
            const double *h = h2;
#else
            const double *h = h1;
#endif
            for (int k = 0; k < NH; k++) {
                back[k] = 0.0;
                for (int o = 0; o < NO; o++) back[k] += signal[o] * u[k][o];
                back[k] *= h[k] * (1.0 - h[k]);
            }
            for (int k = 0; k < NH; k++)
                for (int o = 0; o < NO; o++) u[k][o] -= rate * signal[o] * h[k];
            for (int o = 0; o < NO; o++) c[o] -= rate * signal[o];
#ifdef N3
            double first[N1];
            for (int k = 0; k < N1; k++) {
                first[k] = 0.0;
                for (int o = 0; o < N2; o++) first[k] += back[o] * w2[k][o];
                first[k] *= h1[k] * (1.0 - h1[k]);
            }
            for (int k = 0; k < N1; k++)
                for (int o = 0; o < N2; o++) w2[k][o] -= rate * back[o] * h1[k];
            for (int o = 0; o < N2; o++) b2[o] -= rate * back[o];
#else
            const double *first = back;
#endif
            for (int i = 0; i < N0; i++)
                for (int k = 0; k < N1; k++) w1[i][k] -= rate * first[k] * x[s][i];
            for (int k = 0; k < N1; k++) b1[k] -= rate * first[k];
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double h1[N1], h2[NH], f[NO];
    forward(0, h1, h2, f);
    printf("%.9f %.17g\n", (end.tv_sec - start.tv_sec) + 1e-9 * (end.tv_nsec - start.tv_nsec), f[0]);
    return 0;
}
