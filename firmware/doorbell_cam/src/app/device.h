// The doorbell camera as a whole: what happens at the start, and then again and again. Called by the sketch's setup and loop.

#ifndef APP_DEVICE_H
#define APP_DEVICE_H

#ifdef __cplusplus
extern "C" {
#endif

void device_start(void);
void device_step(void);

#ifdef __cplusplus
}
#endif

#endif
