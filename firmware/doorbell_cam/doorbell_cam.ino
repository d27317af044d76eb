// DoorbellFace: the doorbell's camera. An Arduino Uno or Nano reads an OV7670 row by row and sends it over the serial line;
// docs/protocol.md tells what goes over the line, hardware/wiring.md how it is wired, config.h what can be set.

#include "src/app/device.h" // device_start, device_step

void setup()
{
    device_start();
}

void loop()
{
    device_step();
}
