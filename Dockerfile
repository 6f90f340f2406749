# The context is a folder with amd64/atmos and arm64/atmos: .github/workflows/release.yml makes it.
# cc has glibc and libgcc, which Deno's runtime needs, CA certificates, and no shell.
FROM gcr.io/distroless/cc-debian12:nonroot@sha256:66aa873a4a14fb164aa01296058efd8253744606d72715e45acface073359faa

ARG TARGETARCH
COPY --chmod=0755 ${TARGETARCH}/atmos /usr/local/bin/atmos

# By its number, so that Kubernetes can check runAsNonRoot.
USER 65532:65532

# A read-only root file system works. What is to stay (logins, kubeconfigs) is below HOME: mount a volume there.
ENV HOME=/home/nonroot
WORKDIR /home/nonroot

ENTRYPOINT ["/usr/local/bin/atmos"]
