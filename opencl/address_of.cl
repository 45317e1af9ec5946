// address_of - writes where a buffer lies for kernels, on devices whose buffers stay in place.
//
// Work:     one work-item.
// Buffers:  0 x: any buffer   1 addresses: longs
// Scalars:  2 at: which of the addresses to write
// Defines:  none
// In place: no.
// Host:     backend/opencl/Addresses.java        Cases: cases/chain.txt

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void address_of(__global float *x, __global long *addresses,
                                                                        const int at) {
  addresses[at] = (long)x;
}
