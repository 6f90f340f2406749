terraform {
  required_providers {
    aws        = { source = "hashicorp/aws" }
    kubernetes = { source = "hashicorp/kubernetes" }
  }
}

# No profile, role or config_path here: all of it comes from `atmos auth exec`.
provider "aws" {
  region = "us-east-2"
}

provider "kubernetes" {}

data "aws_caller_identity" "current" {}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
  }
}

output "account" {
  value = data.aws_caller_identity.current.account_id
}
