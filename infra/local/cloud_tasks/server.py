"""The gRPC server around the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import grpc
from google.cloud.tasks_v2 import types as t
from google.protobuf.empty_pb2 import Empty

from infra.local.cloud_tasks.service import CloudTasks, Refused
from infra.local.cloud_tasks.validation import InvalidArgument
from infra.local.processes import StartError

SERVICE = "google.cloud.tasks.v2.CloudTasks"
Method = Callable[[Any], Awaitable[Any]]


def _handler(method: Method, request: Any, answer: Any) -> grpc.RpcMethodHandler:
    async def call(message: Any, context: grpc.aio.ServicerContext) -> Any:
        try:
            return await method(message)
        except InvalidArgument as error:
            return await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        except Refused as error:
            return await context.abort(error.code, str(error))

    serialize = answer.SerializeToString if answer is Empty else answer.serialize
    return grpc.unary_unary_rpc_method_handler(call, request.deserialize, serialize)


def _handlers(tasks: CloudTasks) -> grpc.GenericRpcHandler:
    methods = {
        "CreateTask": _handler(tasks.create_task, t.CreateTaskRequest, t.Task),
        "GetTask": _handler(tasks.get_task, t.GetTaskRequest, t.Task),
        "ListTasks": _handler(tasks.list_tasks, t.ListTasksRequest, t.ListTasksResponse),
        "DeleteTask": _handler(tasks.delete_task, t.DeleteTaskRequest, Empty),
        "RunTask": _handler(tasks.run_task, t.RunTaskRequest, t.Task),
        "GetQueue": _handler(tasks.get_queue, t.GetQueueRequest, t.Queue),
        "ListQueues": _handler(tasks.list_queues, t.ListQueuesRequest, t.ListQueuesResponse),
        "CreateQueue": _handler(tasks.create_queue, t.CreateQueueRequest, t.Queue),
        "PauseQueue": _handler(tasks.pause_queue, t.PauseQueueRequest, t.Queue),
        "ResumeQueue": _handler(tasks.resume_queue, t.ResumeQueueRequest, t.Queue),
        "PurgeQueue": _handler(tasks.purge_queue, t.PurgeQueueRequest, t.Queue),
    }
    return grpc.method_handlers_generic_handler(SERVICE, methods)


def bind(tasks: CloudTasks, port: int) -> grpc.aio.Server:
    """Has the port, and answers once it is started. Raises StartError when the port is taken."""
    # Without this option gRPC would share the port with whoever has it.
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers((_handlers(tasks),))
    try:
        server.add_insecure_port(f"127.0.0.1:{port}")
    except RuntimeError:
        raise StartError(f"Port {port} on 127.0.0.1 is in use; end its program or choose another.") from None
    return server
