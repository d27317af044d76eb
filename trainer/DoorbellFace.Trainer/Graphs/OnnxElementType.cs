namespace DoorbellFace.Trainer.Graphs;

/// <summary>Element types of tensors, numbered as in ONNX's TensorProto.DataType.</summary>
internal enum OnnxElementType
{
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Float16 = 10,
}
