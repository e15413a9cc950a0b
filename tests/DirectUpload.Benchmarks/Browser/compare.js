// Uploads the chosen file with one of two clients; both wait until the application has confirmed the upload.
const partSize = 8 * 1024 * 1024;
const chosen = () => document.getElementById('file').files[0];

window.clients = {
  async directUpload() {
    const { createUploadClient } = await import('/client/direct-upload.js');
    await createUploadClient({ resume: false }).upload(chosen(), { profile: 'file' }).ready;
  },
  async uppy() {
    const { Uppy, AwsS3 } = await import('/uppy.js');
    const uppy = new Uppy();
    uppy.use(AwsS3, { companionEndpoint: `${location.origin}/uppy`, shouldUseMultipart: () => true, getChunkSize: () => partSize });
    const { name, type } = chosen();
    uppy.addFile({ name, type, data: chosen() });
    let result = await uppy.upload();
    // Uppy gives up after three attempts; a person then clicks Retry.
    for (let clicks = 0; result.failed.length > 0; clicks++) {
      if (clicks === 100) throw new Error(`Uppy failed: ${result.failed[0].error}`);
      result = await uppy.retryAll();
    }
  },
};
