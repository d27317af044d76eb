global using FaceCrop = DoorbellFace.Trainer.Dataset.FaceCrop;
